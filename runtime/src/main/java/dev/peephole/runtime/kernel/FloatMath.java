package dev.peephole.runtime.kernel;

/**
 * Elementary functions in single precision, of additions, multiplications and bits alone, so that a
 * vector of numbers can be put through the same steps at once: {@code VectorMath} does, and gets
 * the same bits.
 *
 * <p>Coefficients and reductions are those of the Cephes library (Moshier, 1989), with fused
 * multiply-adds.
 */
final class FloatMath {
  static final float LOG2_E = 1.44269504f;

  /** Added to a small number, this leaves its nearest integer in the low bits of the sum. */
  static final float SHIFT = 0x1.8p23f;

  static final int SHIFT_BITS = 0x4B400000;

  /** ln 2 in two parts, the first of which has few digits: multiples of it are exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  /** exp is infinite above, and zero below. */
  static final float EXP_HIGHEST = 89f;

  static final float EXP_LOWEST = -104f;

  /** exp(r) = 1 + r + r² · (E2 + E3·r + … + E7·r⁵) for |r| ≤ ½ ln 2. */
  static final float E2 = 5.0000001201e-1f;

  static final float E3 = 1.6666665459e-1f;
  static final float E4 = 4.1665795894e-2f;
  static final float E5 = 8.3334519073e-3f;
  static final float E6 = 1.3981999507e-3f;
  static final float E7 = 1.9875691500e-4f;

  static final int BIAS = 127;
  static final int MANTISSA_BITS = 23;

  /** tanh(x) = x + x³ · (T3 + T5·x² + … + T11·x⁸) below this. */
  static final float TANH_SERIES_BELOW = 0.625f;

  static final float T3 = -3.33332819422e-1f;
  static final float T5 = 1.33314422036e-1f;
  static final float T7 = -5.37397155531e-2f;
  static final float T9 = 2.06390887954e-2f;
  static final float T11 = -5.70498872745e-3f;

  private FloatMath() {}

  /** exp(x) = 2ᵏ · exp(r), where k is the integer nearest to x / ln 2. */
  static float exp(float x) {
    float z = Math.max(Math.min(x, EXP_HIGHEST), EXP_LOWEST);
    float shifted = Math.fma(z, LOG2_E, SHIFT);
    float nearest = shifted - SHIFT;
    float r = Math.fma(nearest, -LN2_LOW, Math.fma(nearest, -LN2_HIGH, z));
    float p = Math.fma(E7, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r * r, r) + 1;
    int k = Float.floatToRawIntBits(shifted) - SHIFT_BITS;
    int half = k >> 1;
    return p * powerOfTwo(half) * powerOfTwo(k - half);
  }

  private static float powerOfTwo(int k) {
    return Float.intBitsToFloat(k + BIAS << MANTISSA_BITS);
  }

  /** 1 / (1 + exp(−x)), which for negative x is exp(x) / (1 + exp(x)). */
  static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** Its series near zero, else 1 − 2 / (exp(2x) + 1). */
  static float tanh(float x) {
    float z = Math.abs(x);
    float square = z * z;
    float p = Math.fma(T11, square, T9);
    p = Math.fma(p, square, T7);
    p = Math.fma(p, square, T5);
    p = Math.fma(p, square, T3);
    float series = Math.fma(p * square, z, z);
    float quotient = 1 - 2 / (exp(z + z) + 1);
    float size = z < TANH_SERIES_BELOW ? series : quotient;
    return Math.copySign(size, x);
  }
}
