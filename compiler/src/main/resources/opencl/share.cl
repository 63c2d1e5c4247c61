// Copies the part of a matrix that a tile of a product needs for 16 places of the inner axis, from
// k on, to local memory: in tile[q][i] what belongs to place k + q and to row or column first + i.
// Neighbours along the inner axis are inwards apart in the matrix, others outwards; one of both is
// 1, and along it four numbers are read at once.
void share(
    global const float *matrix, const int inwards, const int k, const int inner,
    const int outwards, const int first, const int count, const int width, local float4 *tile) {
  local float *numbers = (local float *) tile;
  const int line = width + 4;
  const int items = get_local_size(0) * get_local_size(1);
  const int item = get_local_id(1) * get_local_size(0) + get_local_id(0);
  for (int at = item; at < width * 4; at += items) {
    if (inwards == 1) {
      const int i = at / 4;
      const int q = at % 4 * 4;
      const float4 four =
          first + i < count ? load4(matrix + (first + i) * outwards, k + q, inner) : (float4)(0);
      numbers[q * line + i] = four.s0;
      numbers[(q + 1) * line + i] = four.s1;
      numbers[(q + 2) * line + i] = four.s2;
      numbers[(q + 3) * line + i] = four.s3;
    } else {
      const int i = at % (width / 4);
      const int q = at / (width / 4);
      tile[q * (line / 4) + i] =
          k + q < inner ? load4(matrix + (k + q) * inwards, first + i * 4, count) : (float4)(0);
    }
  }
}
