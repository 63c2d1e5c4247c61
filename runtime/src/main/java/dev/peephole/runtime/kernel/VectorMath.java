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
 */
final class VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorMath() {}

  static void exp(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      exp(FloatVector.fromArray(SPECIES, x, k)).intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.exp(x[k]);
    }
  }

  static void sigmoid(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      sigmoid(FloatVector.fromArray(SPECIES, x, k)).intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.sigmoid(x[k]);
    }
  }

  static void tanh(float[] x, int from, int count) {
    int full = from + SPECIES.loopBound(count);
    for (int k = from; k < full; k += LANES) {
      tanh(FloatVector.fromArray(SPECIES, x, k)).intoArray(x, k);
    }
    for (int k = full; k < from + count; k++) {
      x[k] = FloatMath.tanh(x[k]);
    }
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector z = x.min(FloatMath.EXP_HIGHEST).max(FloatMath.EXP_LOWEST);
    FloatVector shifted = z.fma(all(FloatMath.LOG2_E), all(FloatMath.SHIFT));
    FloatVector nearest = shifted.sub(FloatMath.SHIFT);
    FloatVector r = nearest.fma(all(-FloatMath.LN2_LOW), nearest.fma(all(-FloatMath.LN2_HIGH), z));
    FloatVector p = all(FloatMath.E7).fma(r, all(FloatMath.E6));
    p = p.fma(r, all(FloatMath.E5));
    p = p.fma(r, all(FloatMath.E4));
    p = p.fma(r, all(FloatMath.E3));
    p = p.fma(r, all(FloatMath.E2));
    p = p.fma(r.mul(r), r).add(1);
    IntVector k = shifted.reinterpretAsInts().sub(FloatMath.SHIFT_BITS);
    IntVector half = k.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
  }

  private static FloatVector all(float number) {
    return FloatVector.broadcast(SPECIES, number);
  }

  private static FloatVector powerOfTwo(IntVector k) {
    return k.add(BIAS).lanewise(VectorOperators.LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  private static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector one = all(1);
    return one.blend(e, x.lt(0)).div(e.add(1));
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector z = x.abs();
    FloatVector square = z.mul(z);
    FloatVector p = all(FloatMath.T11).fma(square, all(FloatMath.T9));
    p = p.fma(square, all(FloatMath.T7));
    p = p.fma(square, all(FloatMath.T5));
    p = p.fma(square, all(FloatMath.T3));
    FloatVector series = p.mul(square).fma(z, z);
    FloatVector quotient = all(1).sub(all(2).div(exp(z.add(z)).add(1)));
    FloatVector size = quotient.blend(series, z.lt(FloatMath.TANH_SERIES_BELOW));
    return size.blend(size.neg(), x.lt(0));
  }
}
