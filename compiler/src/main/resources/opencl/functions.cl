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

// Four neighbours of a row from a place on, 0 beyond its end.
float4 load4(global const float *row, const int place, const int end) {
  if (place + 4 <= end) {
    return vload4(0, row + place);
  }
  return (float4)(place < end ? row[place] : 0, place + 1 < end ? row[place + 1] : 0,
      place + 2 < end ? row[place + 2] : 0, 0);
}

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
