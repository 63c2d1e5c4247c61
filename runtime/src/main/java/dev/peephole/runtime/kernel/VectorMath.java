package dev.peephole.runtime.kernel;

import static dev.peephole.runtime.kernel.FloatMath.BIAS;
import static dev.peephole.runtime.kernel.FloatMath.MANTISSA_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} for a vector of numbers at a time, through the JDK's Vector API. Loaded only
 * where that module is. Each returns where it ended: before the numbers that fill no vector.
 *
 * <p>exp is written out in each loop: the just-in-time compiler may come to compile a method for
 * vectors by itself first, find it too big to put into the loops after that, and then allocate
 * every vector that goes in and out. So it does in loops of too many operations, which is why
 * constants are vectors here already.
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final FloatVector ONE = all(1);
  private static final FloatVector TWO = all(2);
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

  private VectorMath() {}

  static int exp(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      e.intoArray(x, k);
    }
    return full;
  }

  static int sigmoid(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.abs().neg().min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      ONE.blend(e, y.lt(0)).div(e.add(1)).intoArray(x, k);
    }
    return full;
  }

  static int tanh(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector size = y.abs();
      FloatVector z = size.add(size).min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(LOG2_E, SHIFT);
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(MINUS_LN2_HIGH, z);
      FloatVector r = nearest.fma(MINUS_LN2_LOW, high);
      FloatVector p = E7.fma(r, E6);
      p = p.fma(r, E5);
      p = p.fma(r, E4);
      p = p.fma(r, E3);
      p = p.fma(r, E2);
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      FloatVector quotient = ONE.sub(TWO.div(e.add(1)));
      FloatVector square = size.mul(size);
      FloatVector q = T11.fma(square, T9);
      q = q.fma(square, T7);
      q = q.fma(square, T5);
      q = q.fma(square, T3);
      FloatVector series = q.mul(square).fma(size, size);
      FloatVector result = quotient.blend(series, size.lt(FloatMath.TANH_SERIES_BELOW));
      result.blend(result.neg(), y.lt(0)).intoArray(x, k);
    }
    return full;
  }

  private static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }
}
