// What the output of an LSTM with peepholes should be, step by step.
//
// Compiled by nnc from Spikes.nn in the fast style. Above each kernel stands its equation,
// with the line of the model that it comes from, and the Java that computes the same.

// How many work items a group of a kernel has.
#define GROUP(columns, rows) __attribute__((reqd_work_group_size(columns, rows, 1)))
#define ITEMS GROUP(64, 1)

// x·x
float square(float x) {
  return x * x;
}

// 1 / (1 + exp(−x)); exp never overflows.
float sigmoid(float x) {
  const float e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
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

// x_t = x[n, t → t, n]                                          Spikes.nn:5
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 4; k++) {
//         x_t[(t * N + n) * 4 + k] = x[(n * 20 + t) * 4 + k];
//       }
//     }
//   }
kernel ITEMS void forward_x_t(global const float *x, global float *x_t, const int N) {
  const int item = get_global_id(0);
  if (item >= N * 80) {
    return;
  }
  const int t = item / (N * 4);
  const int n = item / 4 % N;
  const int k = item % 4;
  x_t[(t * N + n) * 4 + k] = x[(n * 20 + t) * 4 + k];
}

//   for (int j = 0; j < 4; j++) {
//     for (int k = 0; k < 5; k++) {
//       // W_giof = [W_g, W_i, W_o, W_f]                                 recurrent.nn:45
//       W_giof[j * 20 + k] = W_g[j * 5 + k];
//       W_giof[j * 20 + k + 5] = W_i[j * 5 + k];
//       W_giof[j * 20 + k + 10] = W_o[j * 5 + k];
//       W_giof[j * 20 + k + 15] = W_f[j * 5 + k];
//     }
//   }
kernel ITEMS void forward_W_giof(global const float *W_g, global float *W_giof,
    global const float *W_i, global const float *W_o, global const float *W_f) {
  const int item = get_global_id(0);
  if (item >= 20) {
    return;
  }
  const int j = item / 5;
  const int k = item % 5;
  W_giof[j * 20 + k] = W_g[j * 5 + k];
  W_giof[j * 20 + k + 5] = W_i[j * 5 + k];
  W_giof[j * 20 + k + 10] = W_o[j * 5 + k];
  W_giof[j * 20 + k + 15] = W_f[j * 5 + k];
}

// x_tW_giof = x_t · W_giof                                      recurrent.nn:45
//   multiply(matrix(x_t, 20 * N, 4), matrix(W_giof, 4, 20), matrix(x_tW_giof, 20 * N, 20));
kernel ITEMS void forward_x_tW_giof(global const float *x_t, global const float *W_giof,
    global float *x_tW_giof, const int N) {
  const int item = get_global_id(0);
  if (item >= N * 20 * 20) {
    return;
  }
  const int v = item / 20;
  const int k = item % 20;
  float sum = 0;
  for (int j = 0; j < 4; j++) {
    sum += x_t[v * 4 + j] * W_giof[j * 20 + k];
  }
  x_tW_giof[item] = sum;
}

//   for (int j = 0; j < 5; j++) {
//     for (int k = 0; k < 5; k++) {
//       // U_giof = [U_g, U_i, U_o, U_f]                                 recurrent.nn:45
//       U_giof[j * 20 + k] = U_g[j * 5 + k];
//       U_giof[j * 20 + k + 5] = U_i[j * 5 + k];
//       U_giof[j * 20 + k + 10] = U_o[j * 5 + k];
//       U_giof[j * 20 + k + 15] = U_f[j * 5 + k];
//     }
//   }
kernel ITEMS void forward_U_giof(global const float *U_g, global float *U_giof,
    global const float *U_i, global const float *U_o, global const float *U_f) {
  const int item = get_global_id(0);
  if (item >= 25) {
    return;
  }
  const int j = item / 5;
  const int k = item % 5;
  U_giof[j * 20 + k] = U_g[j * 5 + k];
  U_giof[j * 20 + k + 5] = U_i[j * 5 + k];
  U_giof[j * 20 + k + 10] = U_o[j * 5 + k];
  U_giof[j * 20 + k + 15] = U_f[j * 5 + k];
}

// lstm: the states of the time step before
//   if (t == 0) {
//     // sPrev = 0                                                     recurrent.nn:52
//     Arrays.fill(sPrev, 0, N * 5, 0f);
//     // cPrev = 0                                                     recurrent.nn:50
//     Arrays.fill(cPrev, 0, N * 5, 0f);
//   } else {
//     // sPrev = s[t − 1]                                              recurrent.nn:52
//     System.arraycopy(s, (t - 1) * N * 5, sPrev, t * N * 5, N * 5);
//     // cPrev = c[t − 1]                                              recurrent.nn:50
//     System.arraycopy(c, (t - 1) * N * 5, cPrev, t * N * 5, N * 5);
//   }
kernel ITEMS void forward_sPrev(global float *sPrev, global const float *s, global float *cPrev,
    global const float *c, const int N, const int t) {
  const int j = get_global_id(0);
  if (j >= N * 5) {
    return;
  }
  sPrev[t * N * 5 + j] = t == 0 ? 0.0f : s[(t - 1) * N * 5 + j];
  cPrev[t * N * 5 + j] = t == 0 ? 0.0f : c[(t - 1) * N * 5 + j];
}

// sPrevU_giof = sPrev · U_giof                                  recurrent.nn:45
//   multiply(matrix(sPrev, t, N, 5), matrix(U_giof, 5, 20), matrix(sPrevU_giof, N, 20));
kernel ITEMS void forward_sPrevU_giof(global const float *sPrev, global const float *U_giof,
    global float *sPrevU_giof, const int N, const int t) {
  const int item = get_global_id(0);
  if (item >= N * 20) {
    return;
  }
  const int n = item / 20;
  const int k = item % 20;
  float sum = 0;
  for (int j = 0; j < 5; j++) {
    sum += sPrev[t * N * 5 + n * 5 + j] * U_giof[j * 20 + k];
  }
  sPrevU_giof[item] = sum;
}

//   for (int n = 0; n < N; n++) {
//     for (int k = 0; k < 5; k++) {
//       // g = tanh(x_tW_giof[.., 0..5] + sPrevU_giof[.., 0..5] + b_g)    recurrent.nn:45
//       g[(t * N + n) * 5 + k] = tanh(x_tW_giof[(t * N + n) * 20 + k] + sPrevU_giof[n * 20 + k]
//           + b_g[k]);
//       // i = σ(x_tW_giof[.., 5..10] + sPrevU_giof[.., 5..10] + b_i
//       //     + cPrev ⊙ p_i)                                            recurrent.nn:46
//       i[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 5]
//           + sPrevU_giof[n * 20 + k + 5] + b_i[k] + cPrev[(t * N + n) * 5 + k] * p_i[k]);
//       // f = σ(x_tW_giof[.., 15..20] + sPrevU_giof[.., 15..20] + b_f
//       //     + cPrev ⊙ p_f)                                            recurrent.nn:48
//       f[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 15]
//           + sPrevU_giof[n * 20 + k + 15] + b_f[k] + cPrev[(t * N + n) * 5 + k] * p_f[k]);
//       // c = i ⊙ g + f ⊙ cPrev                                         recurrent.nn:50
//       c[(t * N + n) * 5 + k] = i[(t * N + n) * 5 + k] * g[(t * N + n) * 5 + k]
//           + f[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
//       // o = σ(x_tW_giof[.., 10..15] + sPrevU_giof[.., 10..15] + b_o
//       //     + c ⊙ p_o)                                                recurrent.nn:51
//       o[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 10]
//           + sPrevU_giof[n * 20 + k + 10] + b_o[k] + c[(t * N + n) * 5 + k] * p_o[k]);
//       // tanh_c = tanh(c)                                              recurrent.nn:52
//       tanh_c[(t * N + n) * 5 + k] = tanh(c[(t * N + n) * 5 + k]);
//       // s = tanh_c ⊙ o                                                recurrent.nn:52
//       s[(t * N + n) * 5 + k] = tanh_c[(t * N + n) * 5 + k] * o[(t * N + n) * 5 + k];
//     }
//   }
kernel ITEMS void forward_g(global const float *x_tW_giof, global const float *sPrevU_giof,
    global const float *b_g, global float *g, global const float *b_i, global const float *cPrev,
    global const float *p_i, global float *i, global const float *b_f, global const float *p_f,
    global float *f, global float *c, global const float *b_o, global const float *p_o,
    global float *o, global float *tanh_c, global float *s, const int N, const int t) {
  const int item = get_global_id(0);
  if (item >= N * 5) {
    return;
  }
  const int n = item / 5;
  const int k = item % 5;
  g[(t * N + n) * 5 + k] = tanh(x_tW_giof[(t * N + n) * 20 + k] + sPrevU_giof[n * 20 + k] + b_g[k]);
  i[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 5] + sPrevU_giof[n * 20 + k + 5]
      + b_i[k] + cPrev[(t * N + n) * 5 + k] * p_i[k]);
  f[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 15]
      + sPrevU_giof[n * 20 + k + 15] + b_f[k] + cPrev[(t * N + n) * 5 + k] * p_f[k]);
  c[(t * N + n) * 5 + k] = i[(t * N + n) * 5 + k] * g[(t * N + n) * 5 + k]
      + f[(t * N + n) * 5 + k] * cPrev[(t * N + n) * 5 + k];
  o[(t * N + n) * 5 + k] = sigmoid(x_tW_giof[(t * N + n) * 20 + k + 10]
      + sPrevU_giof[n * 20 + k + 10] + b_o[k] + c[(t * N + n) * 5 + k] * p_o[k]);
  tanh_c[(t * N + n) * 5 + k] = tanh(c[(t * N + n) * 5 + k]);
  s[(t * N + n) * 5 + k] = tanh_c[(t * N + n) * 5 + k] * o[(t * N + n) * 5 + k];
}

// h = s[t, n → n, t]                                            Spikes.nn:5
//   for (int n = 0; n < N; n++) {
//     for (int t = 0; t < 20; t++) {
//       for (int k = 0; k < 5; k++) {
//         h[(n * 20 + t) * 5 + k] = s[(t * N + n) * 5 + k];
//       }
//     }
//   }
kernel ITEMS void forward_h(global const float *s, global float *h, const int N) {
  const int item = get_global_id(0);
  if (item >= N * 100) {
    return;
  }
  const int n = item / 100;
  const int t = item / 5 % 20;
  const int k = item % 5;
  h[(n * 20 + t) * 5 + k] = s[(t * N + n) * 5 + k];
}

// loss = (Σₙₜₖ (h − y)²) / (20 · 5 · N)                         Spikes.nn:6
//   loss[0] = 0f;
//   for (int n = 0; n < N; n++) {
//     for (int t = 0; t < 20; t++) {
//       for (int k = 0; k < 5; k++) {
//         loss[0] += square(h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
//       }
//     }
//   }
//   loss[0] = loss[0] / (100f * N);
kernel GROUP(1, 256) void loss_loss(global const float *h, global const float *y,
    global float *loss, const int N) {
  local float parts[256];
  const int row = get_local_id(1);
  float sum = 0.0f;
  for (int item = row; item < N * 100; item += 256) {
    const int n = item / 100;
    const int t = item / 5 % 20;
    const int k = item % 5;
    sum += square(h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
  }
  parts[row] = sum;
  for (int rows = 128; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row] += parts[row + rows];
    }
  }
  if (row == 0) {
    loss[0] = parts[0] / (100.0f * N);
  }
}

// dsOut = (2 / (20 · 5) / N · (h − y))[n, t → t, n]             Spikes.nn:5
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         dsOut[(t * N + n) * 5 + k] = 0.02f / N
//             * (h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
//       }
//     }
//   }
kernel ITEMS void backward_dsOut(global const float *h, global const float *y, global float *dsOut,
    const int N) {
  const int item = get_global_id(0);
  if (item >= N * 100) {
    return;
  }
  const int t = item / (N * 5);
  const int n = item / 5 % N;
  const int k = item % 5;
  dsOut[(t * N + n) * 5 + k] = 0.02f / N * (h[(n * 20 + t) * 5 + k] - y[(n * 20 + t) * 5 + k]);
}

// lstm, backwards: the states of the time step before
//   if (t == 19) {
//     // dsNext = 0                                                    recurrent.nn:45
//     Arrays.fill(dsNext, 0, N * 5, 0f);
//     // dcNext = 0                                                    recurrent.nn:46
//     Arrays.fill(dcNext, 0, N * 5, 0f);
//   } else {
//     // dsNext = dsPrev[t + 1]                                        recurrent.nn:45
//     System.arraycopy(dsPrev, (t + 1) * N * 5, dsNext, 0, N * 5);
//     // dcNext = dcPrev[t + 1]                                        recurrent.nn:46
//     System.arraycopy(dcPrev, (t + 1) * N * 5, dcNext, 0, N * 5);
//   }
kernel ITEMS void backward_dsNext(global float *dsNext, global const float *dsPrev,
    global float *dcNext, global const float *dcPrev, const int N, const int t) {
  const int j = get_global_id(0);
  if (j >= N * 5) {
    return;
  }
  dsNext[j] = t == 19 ? 0.0f : dsPrev[(t + 1) * N * 5 + j];
  dcNext[j] = t == 19 ? 0.0f : dcPrev[(t + 1) * N * 5 + j];
}

//   for (int n = 0; n < N; n++) {
//     for (int k = 0; k < 5; k++) {
//       // ds = dsNext + dsOut                                           Spikes.nn:5
//       float ds = dsNext[n * 5 + k] + dsOut[(t * N + n) * 5 + k];
//       // dz_o = ds ⊙ tanh_c ⊙ o ⊙ (1 − o)                              recurrent.nn:51
//       // dz_giof = [dz_g, dz_i, dz_o, dz_f]                            recurrent.nn:45
//       dz_giof[(t * N + n) * 20 + k + 10] = ds * tanh_c[(t * N + n) * 5 + k]
//           * o[(t * N + n) * 5 + k] * (1 - o[(t * N + n) * 5 + k]);
//       // dc = dcNext + ds ⊙ o ⊙ (1 − tanh_c²) + dz_o ⊙ p_o             recurrent.nn:51
//       float dc = dcNext[n * 5 + k]
//           + ds * o[(t * N + n) * 5 + k] * (1 - square(tanh_c[(t * N + n) * 5 + k]))
//           + dz_giof[(t * N + n) * 20 + k + 10] * p_o[k];
//       // dp_o_t = dz_o ⊙ c                                             recurrent.nn:51
//       dp_o_t[(t * N + n) * 5 + k] = dz_giof[(t * N + n) * 20 + k + 10] * c[(t * N + n) * 5 + k];
//       // dz_f = dc ⊙ cPrev ⊙ f ⊙ (1 − f)                               recurrent.nn:48
//       dz_giof[(t * N + n) * 20 + k + 15] = dc * cPrev[(t * N + n) * 5 + k]
//           * f[(t * N + n) * 5 + k] * (1 - f[(t * N + n) * 5 + k]);
//       // dp_f_t = dz_f ⊙ cPrev                                         recurrent.nn:48
//       dp_f_t[(t * N + n) * 5 + k] = dz_giof[(t * N + n) * 20 + k + 15]
//           * cPrev[(t * N + n) * 5 + k];
//       // dz_i = dc ⊙ g ⊙ i ⊙ (1 − i)                                   recurrent.nn:46
//       dz_giof[(t * N + n) * 20 + k + 5] = dc * g[(t * N + n) * 5 + k] * i[(t * N + n) * 5 + k]
//           * (1 - i[(t * N + n) * 5 + k]);
//       // dcPrev = dc ⊙ f + dz_f ⊙ p_f + dz_i ⊙ p_i                     recurrent.nn:46
//       dcPrev[(t * N + n) * 5 + k] = dc * f[(t * N + n) * 5 + k]
//           + dz_giof[(t * N + n) * 20 + k + 15] * p_f[k]
//           + dz_giof[(t * N + n) * 20 + k + 5] * p_i[k];
//       // dp_i_t = dz_i ⊙ cPrev                                         recurrent.nn:46
//       dp_i_t[(t * N + n) * 5 + k] = dz_giof[(t * N + n) * 20 + k + 5]
//           * cPrev[(t * N + n) * 5 + k];
//       // dz_g = dc ⊙ i ⊙ (1 − g²)                                      recurrent.nn:45
//       dz_giof[(t * N + n) * 20 + k] = dc * i[(t * N + n) * 5 + k]
//           * (1 - square(g[(t * N + n) * 5 + k]));
//     }
//   }
kernel ITEMS void backward_dz_giof(global const float *dsNext, global const float *dsOut,
    global const float *tanh_c, global const float *o, global float *dz_giof,
    global const float *dcNext, global const float *p_o, global const float *c,
    global float *dp_o_t, global const float *cPrev, global const float *f, global float *dp_f_t,
    global const float *g, global const float *i, global const float *p_f, global const float *p_i,
    global float *dcPrev, global float *dp_i_t, const int N, const int t) {
  const int item = get_global_id(0);
  if (item >= N * 5) {
    return;
  }
  const int n = item / 5;
  const int k = item % 5;
  const float ds = dsNext[n * 5 + k] + dsOut[(t * N + n) * 5 + k];
  const float dz_o = ds * tanh_c[(t * N + n) * 5 + k] * o[(t * N + n) * 5 + k]
      * (1 - o[(t * N + n) * 5 + k]);
  dz_giof[(t * N + n) * 20 + k + 10] = dz_o;
  const float dc = dcNext[n * 5 + k]
      + ds * o[(t * N + n) * 5 + k] * (1 - square(tanh_c[(t * N + n) * 5 + k])) + dz_o * p_o[k];
  dp_o_t[(t * N + n) * 5 + k] = dz_o * c[(t * N + n) * 5 + k];
  const float dz_f = dc * cPrev[(t * N + n) * 5 + k] * f[(t * N + n) * 5 + k]
      * (1 - f[(t * N + n) * 5 + k]);
  dz_giof[(t * N + n) * 20 + k + 15] = dz_f;
  dp_f_t[(t * N + n) * 5 + k] = dz_f * cPrev[(t * N + n) * 5 + k];
  const float dz_i = dc * g[(t * N + n) * 5 + k] * i[(t * N + n) * 5 + k]
      * (1 - i[(t * N + n) * 5 + k]);
  dz_giof[(t * N + n) * 20 + k + 5] = dz_i;
  dcPrev[(t * N + n) * 5 + k] = dc * f[(t * N + n) * 5 + k] + dz_f * p_f[k] + dz_i * p_i[k];
  dp_i_t[(t * N + n) * 5 + k] = dz_i * cPrev[(t * N + n) * 5 + k];
  dz_giof[(t * N + n) * 20 + k] = dc * i[(t * N + n) * 5 + k]
      * (1 - square(g[(t * N + n) * 5 + k]));
}

// dsPrev = dz_giof · U_giofᵀ                                    recurrent.nn:45
//   multiply(matrix(dz_giof, t, N, 20), transposed(matrix(U_giof, 5, 20)),
//       matrix(dsPrev, t, N, 5));
kernel GROUP(2, 32) void backward_dsPrev(global const float *dz_giof, global const float *U_giof,
    global float *dsPrev, const int N, const int t) {
  local float4 left[528], right[48];
  multiply(dz_giof + t * N * 20, 20, 1, U_giof, 1, 20, dsPrev + t * N * 5, N, 20, 5, left, right);
}

// dp_o = Σₜₙ dp_o_t                                             recurrent.nn:51
//   Arrays.fill(dp_o, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         dp_o[k] += dp_o_t[(t * N + n) * 5 + k];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_dp_o(global const float *dp_o_t, global float *dp_o,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dp_o_t[(t * N + n) * 5 + k];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    dp_o[k] = parts[column];
  }
}

// db_o = Σₜₙ dz_giof[.., .., 10..15]                            recurrent.nn:51
//   Arrays.fill(db_o, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         db_o[k] += dz_giof[(t * N + n) * 20 + k + 10];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_db_o(global const float *dz_giof, global float *db_o,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dz_giof[(t * N + n) * 20 + k + 10];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    db_o[k] = parts[column];
  }
}

// dp_f = Σₜₙ dp_f_t                                             recurrent.nn:48
//   Arrays.fill(dp_f, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         dp_f[k] += dp_f_t[(t * N + n) * 5 + k];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_dp_f(global const float *dp_f_t, global float *dp_f,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dp_f_t[(t * N + n) * 5 + k];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    dp_f[k] = parts[column];
  }
}

// db_f = Σₜₙ dz_giof[.., .., 15..20]                            recurrent.nn:48
//   Arrays.fill(db_f, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         db_f[k] += dz_giof[(t * N + n) * 20 + k + 15];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_db_f(global const float *dz_giof, global float *db_f,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dz_giof[(t * N + n) * 20 + k + 15];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    db_f[k] = parts[column];
  }
}

// dp_i = Σₜₙ dp_i_t                                             recurrent.nn:46
//   Arrays.fill(dp_i, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         dp_i[k] += dp_i_t[(t * N + n) * 5 + k];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_dp_i(global const float *dp_i_t, global float *dp_i,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dp_i_t[(t * N + n) * 5 + k];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    dp_i[k] = parts[column];
  }
}

// db_i = Σₜₙ dz_giof[.., .., 5..10]                             recurrent.nn:46
//   Arrays.fill(db_i, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         db_i[k] += dz_giof[(t * N + n) * 20 + k + 5];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_db_i(global const float *dz_giof, global float *db_i,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dz_giof[(t * N + n) * 20 + k + 5];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    db_i[k] = parts[column];
  }
}

// db_g = Σₜₙ dz_giof[.., .., 0..5]                              recurrent.nn:45
//   Arrays.fill(db_g, 0f);
//   for (int t = 0; t < 20; t++) {
//     for (int n = 0; n < N; n++) {
//       for (int k = 0; k < 5; k++) {
//         db_g[k] += dz_giof[(t * N + n) * 20 + k];
//       }
//     }
//   }
kernel GROUP(8, 32) void backward_db_g(global const float *dz_giof, global float *db_g,
    const int N) {
  local float parts[256];
  const int column = get_local_id(0);
  const int row = get_local_id(1);
  const int k = get_global_id(0);
  float sum = 0.0f;
  for (int item = row; k < 5 && item < N * 20; item += 32) {
    const int t = item / N;
    const int n = item % N;
    sum += dz_giof[(t * N + n) * 20 + k];
  }
  parts[row * 8 + column] = sum;
  for (int rows = 16; rows > 0; rows /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (row < rows) {
      parts[row * 8 + column] += parts[(row + rows) * 8 + column];
    }
  }
  if (row == 0 && k < 5) {
    db_g[k] = parts[column];
  }
}

// dU_giof = sPrevᵀ · dz_giof                                    recurrent.nn:45
//   multiply(transposed(matrix(sPrev, 20 * N, 5)), matrix(dz_giof, 20 * N, 20),
//       matrix(dU_giof, 5, 20));
kernel GROUP(8, 4) void backward_dU_giof(global const float *sPrev, global const float *dz_giof,
    global float *dU_giof, const int N) {
  local float4 left[80], right[144];
  multiply(sPrev, 1, 5, dz_giof, 20, 1, dU_giof, 5, N * 20, 20, left, right);
}

//   for (int j = 0; j < 5; j++) {
//     for (int k = 0; k < 5; k++) {
//       // dU_g = dU_giof[.., 0..5]                                      recurrent.nn:45
//       dU_g[j * 5 + k] = dU_giof[j * 20 + k];
//       // dU_i = dU_giof[.., 5..10]                                     recurrent.nn:46
//       dU_i[j * 5 + k] = dU_giof[j * 20 + k + 5];
//       // dU_o = dU_giof[.., 10..15]                                    recurrent.nn:51
//       dU_o[j * 5 + k] = dU_giof[j * 20 + k + 10];
//       // dU_f = dU_giof[.., 15..20]                                    recurrent.nn:48
//       dU_f[j * 5 + k] = dU_giof[j * 20 + k + 15];
//     }
//   }
kernel ITEMS void backward_dU_g(global const float *dU_giof, global float *dU_g, global float *dU_i,
    global float *dU_o, global float *dU_f) {
  const int item = get_global_id(0);
  if (item >= 25) {
    return;
  }
  const int j = item / 5;
  const int k = item % 5;
  dU_g[j * 5 + k] = dU_giof[j * 20 + k];
  dU_i[j * 5 + k] = dU_giof[j * 20 + k + 5];
  dU_o[j * 5 + k] = dU_giof[j * 20 + k + 10];
  dU_f[j * 5 + k] = dU_giof[j * 20 + k + 15];
}

// dW_giof = x_tᵀ · dz_giof                                      recurrent.nn:45
//   multiply(transposed(matrix(x_t, 20 * N, 4)), matrix(dz_giof, 20 * N, 20),
//       matrix(dW_giof, 4, 20));
kernel GROUP(8, 4) void backward_dW_giof(global const float *x_t, global const float *dz_giof,
    global float *dW_giof, const int N) {
  local float4 left[80], right[144];
  multiply(x_t, 1, 4, dz_giof, 20, 1, dW_giof, 4, N * 20, 20, left, right);
}

//   for (int j = 0; j < 4; j++) {
//     for (int k = 0; k < 5; k++) {
//       // dW_g = dW_giof[.., 0..5]                                      recurrent.nn:45
//       dW_g[j * 5 + k] = dW_giof[j * 20 + k];
//       // dW_i = dW_giof[.., 5..10]                                     recurrent.nn:46
//       dW_i[j * 5 + k] = dW_giof[j * 20 + k + 5];
//       // dW_o = dW_giof[.., 10..15]                                    recurrent.nn:51
//       dW_o[j * 5 + k] = dW_giof[j * 20 + k + 10];
//       // dW_f = dW_giof[.., 15..20]                                    recurrent.nn:48
//       dW_f[j * 5 + k] = dW_giof[j * 20 + k + 15];
//     }
//   }
kernel ITEMS void backward_dW_g(global const float *dW_giof, global float *dW_g, global float *dW_i,
    global float *dW_o, global float *dW_f) {
  const int item = get_global_id(0);
  if (item >= 20) {
    return;
  }
  const int j = item / 5;
  const int k = item % 5;
  dW_g[j * 5 + k] = dW_giof[j * 20 + k];
  dW_i[j * 5 + k] = dW_giof[j * 20 + k + 5];
  dW_o[j * 5 + k] = dW_giof[j * 20 + k + 10];
  dW_f[j * 5 + k] = dW_giof[j * 20 + k + 15];
}
