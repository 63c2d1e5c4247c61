package dev.peephole.runtime.kernel;

import static dev.peephole.runtime.kernel.FloatMath.BIAS;
import static dev.peephole.runtime.kernel.FloatMath.MANTISSA_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} for a vector of numbers at a time, through the JDK's Vector API. Loaded only
 * where that module is.
 *
 * <p>exp is written out in each loop: the just-in-time compiler may come to compile a method for
 * vectors by itself first, find it too big to put into the loops after that, and then allocate
 * every vector that goes in and out.
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorMath() {}

  static void exp(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(all(FloatMath.LOG2_E), all(FloatMath.SHIFT));
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(all(-FloatMath.LN2_HIGH), z);
      FloatVector r = nearest.fma(all(-FloatMath.LN2_LOW), high);
      FloatVector p = all(FloatMath.E7).fma(r, all(FloatMath.E6));
      p = p.fma(r, all(FloatMath.E5));
      p = p.fma(r, all(FloatMath.E4));
      p = p.fma(r, all(FloatMath.E3));
      p = p.fma(r, all(FloatMath.E2));
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      e.intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.exp(x[k]);
    }
  }

  static void sigmoid(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector z = y.abs().neg().min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(all(FloatMath.LOG2_E), all(FloatMath.SHIFT));
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(all(-FloatMath.LN2_HIGH), z);
      FloatVector r = nearest.fma(all(-FloatMath.LN2_LOW), high);
      FloatVector p = all(FloatMath.E7).fma(r, all(FloatMath.E6));
      p = p.fma(r, all(FloatMath.E5));
      p = p.fma(r, all(FloatMath.E4));
      p = p.fma(r, all(FloatMath.E3));
      p = p.fma(r, all(FloatMath.E2));
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      FloatVector one = all(1);
      one.blend(e, y.lt(0)).div(e.add(1)).intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.sigmoid(x[k]);
    }
  }

  static void tanh(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, x, k);
      FloatVector size = y.abs();
      FloatVector z = size.add(size).min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
      FloatVector shifted = z.fma(all(FloatMath.LOG2_E), all(FloatMath.SHIFT));
      FloatVector nearest = shifted.sub(FloatMath.SHIFT);
      FloatVector high = nearest.fma(all(-FloatMath.LN2_HIGH), z);
      FloatVector r = nearest.fma(all(-FloatMath.LN2_LOW), high);
      FloatVector p = all(FloatMath.E7).fma(r, all(FloatMath.E6));
      p = p.fma(r, all(FloatMath.E5));
      p = p.fma(r, all(FloatMath.E4));
      p = p.fma(r, all(FloatMath.E3));
      p = p.fma(r, all(FloatMath.E2));
      p = p.fma(r.mul(r), r).add(1);
      IntVector n = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
      IntVector half = n.lanewise(VectorOperators.ASHR, 1);
      IntVector first = half.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      IntVector second = n.sub(half).add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS);
      FloatVector e = p.mul(first.reinterpretAsFloats()).mul(second.reinterpretAsFloats());
      FloatVector quotient = all(1).sub(all(2).div(e.add(1)));
      FloatVector square = size.mul(size);
      FloatVector q = all(FloatMath.T11).fma(square, all(FloatMath.T9));
      q = q.fma(square, all(FloatMath.T7));
      q = q.fma(square, all(FloatMath.T5));
      q = q.fma(square, all(FloatMath.T3));
      FloatVector series = q.mul(square).fma(size, size);
      FloatVector result = quotient.blend(series, size.lt(FloatMath.TANH_SERIES_BELOW));
      result.blend(result.neg(), y.lt(0)).intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.tanh(x[k]);
    }
  }

  private static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }
}
