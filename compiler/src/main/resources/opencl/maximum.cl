// The larger number, or NaN if one is.
float maximum(float x, float y) {
  return x > y || isnan(x) ? x : y;
}
