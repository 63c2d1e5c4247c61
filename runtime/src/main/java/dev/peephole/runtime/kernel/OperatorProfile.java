package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Lets the just-in-time compiler see all operators on vectors before it compiles the Vector API.
 *
 * <p>All operations of that API go through the same few methods, such as {@code
 * VectorOperators.opCode}. A compiler that has seen nothing there but the fused multiply-adds of a
 * matrix product takes them for all there is, and gives up its code at each of the first operators
 * of another class. HotSpot adds these up over all that is put into a method, and from a hundred on
 * ({@code PerMethodTrapLimit}) it guards the types in that method no more: vectors at the end of a
 * loop of twenty operations or more then become objects, in one run of four.
 */
final class OperatorProfile {
  /**
   * With some 150 operations each, many more than {@code Tier3InvocationThreshold}: from that on,
   * types are recorded.
   */
  private static final int ROUNDS = 10;

  private OperatorProfile() {}

  /** Uses every operator that the kernels and generated code do. */
  static void fill() {
    FloatVector some = FloatVector.zero(FloatVector.SPECIES_PREFERRED);
    float[] x = new float[some.length()];
    for (int i = 0; i < ROUNDS; i++) {
      some.sqrt().intoArray(x, 0);
      VectorMath.exp(x, 0, x.length);
      VectorMath.sigmoid(x, 0, x.length);
      VectorMath.tanh(x, 0, x.length);
    }
  }
}
