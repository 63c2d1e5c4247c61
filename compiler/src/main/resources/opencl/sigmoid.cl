// 1 / (1 + exp(−x)); exp never overflows.
float sigmoid(float x) {
  const float e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}
