// Puts four numbers into a row from a place on, except beyond its end.
void store4(const float4 numbers, global float *row, const int place, const int end) {
  if (place + 4 <= end) {
    vstore4(numbers, 0, row + place);
  } else if (place < end) {
    row[place] = numbers.s0;
    if (place + 1 < end) {
      row[place + 1] = numbers.s1;
    }
    if (place + 2 < end) {
      row[place + 2] = numbers.s2;
    }
  }
}
