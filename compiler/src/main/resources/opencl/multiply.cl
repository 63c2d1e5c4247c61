// c = a · b, a tile by each group and 4 × 4 numbers by each item, each a sum in the order of the
// inner axis. What a and b hold for 16 places of it is shared through local memory. Neighbours in a
// column of a are aColumn apart, in a row aRow; the same holds for b.
void multiply(
    global const float *a, const int aColumn, const int aRow,
    global const float *b, const int bColumn, const int bRow,
    global float *c, const int rows, const int inner, const int columns,
    local float4 *left, local float4 *right) {
  const int x = get_local_id(0);
  const int y = get_local_id(1);
  const int width = get_local_size(0);
  const int height = get_local_size(1);
  const int row = get_group_id(1) * height * 4;
  const int column = get_group_id(0) * width * 4;
  float4 sums[4] = {(float4)(0), (float4)(0), (float4)(0), (float4)(0)};
  for (int k = 0; k < inner; k += 16) {
    share(a, aRow, k, inner, aColumn, row, rows, height * 4, left);
    share(b, bColumn, k, inner, bRow, column, columns, width * 4, right);
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int q = 0; q < 16; q++) {
      const float4 four = left[q * (height + 1) + y];
      const float4 others = right[q * (width + 1) + x];
      sums[0] += four.s0 * others;
      sums[1] += four.s1 * others;
      sums[2] += four.s2 * others;
      sums[3] += four.s3 * others;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int u = 0; u < 4; u++) {
    const int i = row + y * 4 + u;
    if (i < rows) {
      store4(sums[u], c + i * columns, column + x * 4, columns);
    }
  }
}
