// Four neighbours of a row from a place on, 0 beyond its end.
float4 load4(global const float *row, const int place, const int end) {
  if (place + 4 <= end) {
    return vload4(0, row + place);
  }
  return (float4)(place < end ? row[place] : 0, place + 1 < end ? row[place + 1] : 0,
      place + 2 < end ? row[place + 2] : 0, 0);
}
