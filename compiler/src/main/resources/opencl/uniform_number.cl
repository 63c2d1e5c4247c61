// The k-th number of a stream, in [0, 1).
float uniform_number(ulong seed, ulong stream, int k) {
  const uint4 w = philox(seed, stream, k / 4);
  const uint word = k % 4 == 0 ? w.s0 : k % 4 == 1 ? w.s1 : k % 4 == 2 ? w.s2 : w.s3;
  return (word >> 8) * 0x1p-24f;
}
