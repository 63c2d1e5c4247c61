// Functions of a number, by the names that the ops' declarations use in code.
const { exp, log, log1p, tanh, sin, cos, abs, pow, sqrt, max, min, sign: signum } = Math;
const square = x => x * x;
const sigmoid = x => 1 / (1 + exp(-x));
const softplus = x => max(x, 0) + log1p(exp(-abs(x)));

/** The nearest whole number; of two, the even one. */
function rint(x) {
  const down = Math.floor(x);
  const rest = x - down;
  return rest < 0.5 || rest === 0.5 && down % 2 === 0 ? down : down + 1;
}

/** The error function: a series near 0 (Abramowitz & Stegun, 7.1.6), a continued fraction (7.1.14) beyond. */
function erf(x) {
  const z = abs(x);
  if (z < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 60; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / sqrt(Math.PI) * exp(-x * x) * sum;
  }
  let fraction = z;
  for (let n = 100; n > 0; n--) {
    fraction = z + n / 2 / fraction;
  }
  return signum(x) * (1 - exp(-z * z) / sqrt(Math.PI) / fraction);
}
