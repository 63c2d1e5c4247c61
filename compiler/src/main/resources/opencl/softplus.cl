// log(1 + exp(x)), without overflow for any x.
float softplus(float x) {
  return maximum(x, 0) + log1p(exp(-fabs(x)));
}
