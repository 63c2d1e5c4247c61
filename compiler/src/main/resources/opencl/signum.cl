// −1, 0 or 1, as x is negative, zero or positive.
float signum(float x) {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}
