// The larger number, or NaN if one is.
float maximum(float x, float y) {
  return x > y || isnan(x) ? x : y;
}

// The smaller number, or NaN if one is.
float minimum(float x, float y) {
  return x < y || isnan(x) ? x : y;
}

// x·x
float square(float x) {
  return x * x;
}

// −1, 0 or 1, as x is negative, zero or positive.
float signum(float x) {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}

// 1 / (1 + exp(−x)); exp never overflows.
float sigmoid(float x) {
  const float e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

// log(1 + exp(x)), without overflow for any x.
float softplus(float x) {
  return maximum(x, 0) + log1p(exp(-fabs(x)));
}

// c = a · b, a tile of 16 × 16 numbers by each group, a number by each item; what a and b hold for
// 16 places of the inner axis is shared through local memory. Neighbours in a column of a are
// aColumn apart, in a row aRow; the same holds for b.
void multiply(
    global const float *a, const int aColumn, const int aRow,
    global const float *b, const int bColumn, const int bRow,
    global float *c, const int rows, const int inner, const int columns,
    local float *left, local float *right) {
  const int x = get_local_id(0);
  const int y = get_local_id(1);
  const int row = get_group_id(1) * 16;
  const int column = get_group_id(0) * 16;
  float sum = 0;
  for (int k = 0; k < inner; k += 16) {
    const int i = row + (aRow == 1 ? y : x);
    const int ak = k + (aRow == 1 ? x : y);
    left[(ak - k) * 17 + i - row] = i < rows && ak < inner ? a[i * aColumn + ak * aRow] : 0;
    const int j = column + (bRow == 1 ? x : y);
    const int bk = k + (bRow == 1 ? y : x);
    right[(bk - k) * 17 + j - column] = j < columns && bk < inner ? b[bk * bColumn + j * bRow] : 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int q = 0; q < 16; q++) {
      sum += left[q * 17 + y] * right[q * 17 + x];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (row + y < rows && column + x < columns) {
    c[(row + y) * columns + column + x] = sum;
  }
}

// The same with tiles of 64 × 64 numbers, 4 × 4 of them by each item.
void multiply_large(
    global const float *a, const int aColumn, const int aRow,
    global const float *b, const int bColumn, const int bRow,
    global float *c, const int rows, const int inner, const int columns,
    local float *left, local float *right) {
  const int x = get_local_id(0);
  const int y = get_local_id(1);
  const int item = y * 16 + x;
  const int row = get_group_id(1) * 64;
  const int column = get_group_id(0) * 64;
  float sums[4][4];
  for (int u = 0; u < 4; u++) {
    for (int v = 0; v < 4; v++) {
      sums[u][v] = 0;
    }
  }
  for (int k = 0; k < inner; k += 16) {
    for (int u = 0; u < 4; u++) {
      const int at = u * 256 + item;
      const int i = aRow == 1 ? at / 16 : at % 64;
      const int ak = aRow == 1 ? at % 16 : at / 64;
      left[ak * 65 + i] =
          row + i < rows && k + ak < inner ? a[(row + i) * aColumn + (k + ak) * aRow] : 0;
      const int j = bRow == 1 ? at % 64 : at / 16;
      const int bk = bRow == 1 ? at / 64 : at % 16;
      right[bk * 65 + j] =
          column + j < columns && k + bk < inner ? b[(k + bk) * bColumn + (column + j) * bRow] : 0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int q = 0; q < 16; q++) {
      for (int u = 0; u < 4; u++) {
        for (int v = 0; v < 4; v++) {
          sums[u][v] += left[q * 65 + y * 4 + u] * right[q * 65 + x + v * 16];
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int u = 0; u < 4; u++) {
    for (int v = 0; v < 4; v++) {
      const int i = row + y * 4 + u;
      const int j = column + x + v * 16;
      if (i < rows && j < columns) {
        c[i * columns + j] = sums[u][v];
      }
    }
  }
}

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

// The k-th number of a stream, in [0, 1).
float uniform_number(ulong seed, ulong stream, int k) {
  const uint4 w = philox(seed, stream, k / 4);
  const uint word = k % 4 == 0 ? w.s0 : k % 4 == 1 ? w.s1 : k % 4 == 2 ? w.s2 : w.s3;
  return (word >> 8) * 0x1p-24f;
}

// The k-th number of a stream, with mean 0 and variance 1 (Box & Muller, 1958).
float normal_number(ulong seed, ulong stream, int k) {
  const uint4 w = philox(seed, stream, k / 4);
  const uint2 pair = k % 4 < 2 ? w.s01 : w.s23;
  const float radius = sqrt(-2 * log(1 - (pair.s0 >> 8) * 0x1p-24f));
  const float turns = 2 * ((pair.s1 >> 8) * 0x1p-24f);
  return radius * (k % 2 == 0 ? cospi(turns) : sinpi(turns));
}
