// The sum of the numbers of a column, of those rows that have a label, in their order. A group of
// 32 items looks for it together, and each adds up a column of its own.
float sum_labelled(
    global const float *numbers, const int columns, const int column,
    global const int *labels, const int count, const int label, local uint *found) {
  const int item = get_local_id(0);
  float sum = 0;
  for (int first = 0; first < count; first += 32) {
    if (item == 0) {
      found[0] = 0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (first + item < count && labels[first + item] == label) {
      atomic_or(found, 1u << item);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint rows = found[0]; rows != 0 && column < columns; rows &= rows - 1) {
      const int row = first + 31 - clz(rows & -rows);
      sum += numbers[row * columns + column];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  return sum;
}
