// Four words of 32 random bits from a counter: Philox4x32-10 (Salmon et al., 2011).
uint4 philox(ulong seed, ulong stream, uint block) {
  uint4 w = (uint4)(block, 0, (uint) stream, (uint) (stream >> 32));
  uint key0 = (uint) seed;
  uint key1 = (uint) (seed >> 32);
  for (int turn = 0; turn < 10; turn++) {
    const uint high0 = mul_hi(0xD2511F53u, w.s0);
    const uint high1 = mul_hi(0xCD9E8D57u, w.s2);
    w = (uint4)(high1 ^ w.s1 ^ key0, 0xCD9E8D57u * w.s2, high0 ^ w.s3 ^ key1, 0xD2511F53u * w.s0);
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return w;
}
