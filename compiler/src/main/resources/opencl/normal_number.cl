// The k-th number of a stream, with mean 0 and variance 1 (Box & Muller, 1958).
float normal_number(ulong seed, ulong stream, int k) {
  const uint4 w = philox(seed, stream, k / 4);
  const uint2 pair = k % 4 < 2 ? w.s01 : w.s23;
  const float radius = sqrt(-2 * log(1 - (pair.s0 >> 8) * 0x1p-24f));
  const float turns = 2 * ((pair.s1 >> 8) * 0x1p-24f);
  return radius * (k % 2 == 0 ? cospi(turns) : sinpi(turns));
}
