// The smaller number, or NaN if one is.
float minimum(float x, float y) {
  return x < y || isnan(x) ? x : y;
}
