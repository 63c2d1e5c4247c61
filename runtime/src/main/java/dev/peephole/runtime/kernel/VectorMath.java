package dev.peephole.runtime.kernel;

import static dev.peephole.runtime.kernel.FloatMath.MANTISSA_BITS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} for a vector of numbers at a time, through the JDK's Vector API. Loaded only
 * where that module is. Each returns where it ended: before the numbers that fill no vector.
 *
 * <p>The just-in-time compiler has to see through all of a loop, or it allocates vectors. So exp is
 * written out in each: a method of its own may be compiled by itself first, and be too big to be
 * put into the loops after that. Constants are vectors here already. And {@code reinterpretShape}
 * with a constant species says what {@code reinterpretAsInts} finds out from the vector, which may
 * be too late; {@code blend} with a mask is avoided for the same reason. {@link OperatorProfile}
 * does the rest.
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
  private static final int LANES = SPECIES.length();

  /** An arithmetic shift by as many bits leaves nothing but the sign, in each of them. */
  private static final int SIGN = 31;

  private static final FloatVector ONE = all(1);
  private static final FloatVector TWO = all(2);
  private static final FloatVector EXP_HIGHEST = all(FloatMath.EXP_HIGHEST);
  private static final FloatVector EXP_LOWEST = all(FloatMath.EXP_LOWEST);
  private static final FloatVector LOG2_E = all(FloatMath.LOG2_E);
  private static final FloatVector SHIFT = all(FloatMath.SHIFT);
  private static final FloatVector MINUS_LN2_HIGH = all(-FloatMath.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = all(-FloatMath.LN2_LOW);
  private static final FloatVector E7 = all(FloatMath.E7);
  private static final FloatVector E6 = all(FloatMath.E6);
  private static final FloatVector E5 = all(FloatMath.E5);
  private static final FloatVector E4 = all(FloatMath.E4);
  private static final FloatVector E3 = all(FloatMath.E3);
  private static final FloatVector E2 = all(FloatMath.E2);
  private static final FloatVector T11 = all(FloatMath.T11);
  private static final FloatVector T9 = all(FloatMath.T9);
  private static final FloatVector T7 = all(FloatMath.T7);
  private static final FloatVector T5 = all(FloatMath.T5);
  private static final FloatVector T3 = all(FloatMath.T3);

  private static final IntVector SHIFT_BITS = integers(FloatMath.SHIFT_BITS);
  private static final IntVector BIASES = integers(FloatMath.BIAS);
  private static final IntVector ONE_BITS = bits(1);
  private static final IntVector SIGN_BIT = bits(-0f);
  private static final IntVector TANH_SERIES_BELOW_BITS = bits(FloatMath.TANH_SERIES_BELOW);

  private VectorMath() {}

  static int exp(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.min(EXP_HIGHEST).max(EXP_LOWEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(ONE);
      IntVector n = ((IntVector) shifted.reinterpretShape(INTS, 0)).sub(SHIFT_BITS);
      IntVector half = n.lanewise(ASHR, 1);
      IntVector first = half.add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      FloatVector e =
          p.mul(first.reinterpretShape(SPECIES, 0)).mul(second.reinterpretShape(SPECIES, 0));
      e.intoArray(x, k);
    }
    return full;
  }

  static int sigmoid(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.abs().neg().max(EXP_LOWEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(ONE);
      IntVector n = ((IntVector) shifted.reinterpretShape(INTS, 0)).sub(SHIFT_BITS);
      IntVector half = n.lanewise(ASHR, 1);
      IntVector first = half.add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      FloatVector e =
          p.mul(first.reinterpretShape(SPECIES, 0)).mul(second.reinterpretShape(SPECIES, 0));
      IntVector negative = ((IntVector) y.reinterpretShape(INTS, 0)).lanewise(ASHR, SIGN);
      IntVector numerator = ONE_BITS.bitwiseBlend(e.reinterpretShape(INTS, 0), negative);
      ((FloatVector) numerator.reinterpretShape(SPECIES, 0)).div(e.add(ONE)).intoArray(x, k);
    }
    return full;
  }

  static int tanh(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector size = y.abs();
      FloatVector z = size.add(size).min(EXP_HIGHEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(ONE);
      IntVector n = ((IntVector) shifted.reinterpretShape(INTS, 0)).sub(SHIFT_BITS);
      IntVector half = n.lanewise(ASHR, 1);
      IntVector first = half.add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIASES).lanewise(LSHL, MANTISSA_BITS);
      FloatVector e =
          p.mul(first.reinterpretShape(SPECIES, 0)).mul(second.reinterpretShape(SPECIES, 0));
      FloatVector quotient = ONE.sub(TWO.div(e.add(ONE)));
      FloatVector square = size.mul(size);
      FloatVector q = T11.fma(square, T9);
      q = q.fma(square, T7);
      q = q.fma(square, T5);
      q = q.fma(square, T3);
      FloatVector series = q.mul(square).fma(size, size);
      IntVector small =
          ((IntVector) size.reinterpretShape(INTS, 0))
              .sub(TANH_SERIES_BELOW_BITS)
              .lanewise(ASHR, SIGN);
      IntVector result =
          ((IntVector) quotient.reinterpretShape(INTS, 0))
              .bitwiseBlend(series.reinterpretShape(INTS, 0), small)
              .bitwiseBlend(y.reinterpretShape(INTS, 0), SIGN_BIT);
      ((FloatVector) result.reinterpretShape(SPECIES, 0)).intoArray(x, k);
    }
    return full;
  }

  private static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }

  private static IntVector integers(int number) {
    return IntVector.broadcast(INTS, number);
  }

  private static IntVector bits(float number) {
    return integers(Float.floatToRawIntBits(number));
  }
}
