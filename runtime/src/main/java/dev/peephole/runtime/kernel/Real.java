package dev.peephole.runtime.kernel;

/**
 * The elementwise functions of generated code, each for {@code float} and for {@code double}, so
 * that a static import serves both precisions.
 *
 * <p>In single precision the value is computed in double and rounded once. That is the float
 * nearest to the true value but for about one argument in 2<sup>28</sup>, where it is the second
 * nearest: the error is below 0.500001 ulp. In double precision the bounds are those of {@link
 * Math}: 1 ulp for exp, log, log1p and pow, 2.5 ulp for tanh, 2 ulp for {@link Special#erf}, 4 ulp
 * for sigmoid; sqrt, abs, max and min are exact to rounding.
 *
 * <p>NaN in, NaN out.
 */
public final class Real {

  private Real() {}

  public static float exp(float x) {
    return (float) Math.exp(x);
  }

  public static double exp(double x) {
    return Math.exp(x);
  }

  /** The natural logarithm. */
  public static float log(float x) {
    return (float) Math.log(x);
  }

  /** The natural logarithm. */
  public static double log(double x) {
    return Math.log(x);
  }

  /** log(1 + x), accurate near zero. */
  public static float log1p(float x) {
    return (float) Math.log1p(x);
  }

  /** log(1 + x), accurate near zero. */
  public static double log1p(double x) {
    return Math.log1p(x);
  }

  public static float tanh(float x) {
    return (float) Math.tanh(x);
  }

  public static double tanh(double x) {
    return Math.tanh(x);
  }

  /** 1 / (1 + exp(−x)). */
  public static float sigmoid(float x) {
    return (float) sigmoid((double) x);
  }

  /** 1 / (1 + exp(−x)), which for negative x is exp(x) / (1 + exp(x)): exp never overflows. */
  public static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  public static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }

  public static double sqrt(double x) {
    return Math.sqrt(x);
  }

  /** The error function. */
  public static float erf(float x) {
    return (float) Special.erf(x);
  }

  /** The error function. */
  public static double erf(double x) {
    return Special.erf(x);
  }

  public static float abs(float x) {
    return Math.abs(x);
  }

  public static double abs(double x) {
    return Math.abs(x);
  }

  public static float max(float x, float y) {
    return Math.max(x, y);
  }

  public static double max(double x, double y) {
    return Math.max(x, y);
  }

  public static float min(float x, float y) {
    return Math.min(x, y);
  }

  public static double min(double x, double y) {
    return Math.min(x, y);
  }

  /** x to the power of y. */
  public static float pow(float x, float y) {
    return (float) Math.pow(x, y);
  }

  /** x to the power of y. */
  public static double pow(double x, double y) {
    return Math.pow(x, y);
  }

  /** log(1 + exp(x)), without overflow for any x. */
  public static float softplus(float x) {
    return (float) softplus((double) x);
  }

  /** log(1 + exp(x)), without overflow for any x. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** x·x. */
  public static float square(float x) {
    return x * x;
  }

  /** x·x. */
  public static double square(double x) {
    return x * x;
  }

  /** −1, 0 or 1, as x is negative, zero or positive. */
  public static float signum(float x) {
    return Math.signum(x);
  }

  /** −1, 0 or 1, as x is negative, zero or positive. */
  public static double signum(double x) {
    return Math.signum(x);
  }

  /** The nearest whole number, the even one of two that are equally near. */
  public static float rint(float x) {
    return (float) Math.rint(x);
  }

  /** The nearest whole number, the even one of two that are equally near. */
  public static double rint(double x) {
    return Math.rint(x);
  }
}
