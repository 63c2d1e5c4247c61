package dev.peephole.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is done to make code fast. A test turns off one after the other and compares what comes out.
 */
public enum Optimization {
  /** What does not depend on the states is computed for all time steps at once. */
  HOISTING(Target.ANY, false),

  /** What is no more work than reading is computed again where it is read, and not kept. */
  RECOMPUTATION(Target.ANY, true),

  /** A value that has a name is kept only where it is read more than once. */
  FUSION(Target.ANY, true),

  /** A number that takes a function to compute is computed before the loop that reads it. */
  NUMBERS_BEFORE_LOOPS(Target.ANY, true),

  /** Numbers that are known while compiling are written as what they come to. */
  CONSTANT_FOLDING(Target.ANY, true),

  /** Loops over the same places become one. */
  FUSED_LOOPS(Target.ANY, true),

  /** Products with the same left side, such as those of all gates, become one. */
  JOINED_PRODUCTS(Target.BUFFERS, true),

  /** A sum of products, such as that of all gates' gradients, becomes one product. */
  JOINED_SUMS(Target.BUFFERS, false),

  /** Values that make up a greater one are computed in their places there. */
  SIDE_BY_SIDE(Target.BUFFERS, true),

  /** One loop goes through all places of values that lie alike in memory, and not one an axis. */
  FLATTENED_LOOPS(Target.ARRAYS, true),

  /** tanh and its like run over a whole array after the loop that computes their arguments. */
  ARRAY_FUNCTIONS(Target.ARRAYS, false),

  /** Vectors go first in loops along rows that begin at different places of their arrays. */
  VECTORS_ALONG_ROWS(Target.ARRAYS, true),

  /** Windows are the rows of a matrix that is multiplied, and not added up number by number. */
  PRODUCTS_OF_WINDOWS(Target.BUFFERS, false),

  /** Windows are multiplied and added up where they lie, without a matrix of all windows. */
  WINDOWS_IN_PLACE(Target.ARRAYS, false),

  /** Matrix products keep a tile of sums in registers. */
  TILED_PRODUCTS(Target.ARRAYS, false),

  /** Values that are never needed at the same time share a buffer. */
  SHARED_BUFFERS(Target.ARRAYS, true),

  /** A matrix is rearranged once for the products of all time steps. */
  REARRANGED_ONCE(Target.ARRAYS, true),

  /** Threads that share a batch join what is computed across it. */
  JOINED_SHARES(Target.ARRAYS, true),

  /** Several threads update the parameters, each a share of the numbers. */
  SHARED_UPDATE(Target.ARRAYS, true);

  private final Target target;
  private final boolean exact;

  /** What code an optimisation is for. */
  private enum Target {
    /** Any, loops over single numbers included. */
    ANY,
    /** Code whose values live in memory, of which it may work on some columns: a device's, too. */
    BUFFERS,
    /** Code that calls methods for whole arrays. */
    ARRAYS
  }

  Optimization(Target target, boolean exact) {
    this.target = target;
    this.exact = exact;
  }

  /** Whether all results have the same bits without it; else they are rounded otherwise. */
  public boolean exact() {
    return exact;
  }

  /** Those of a style where the values of a network live in arrays. */
  public static Set<Optimization> of(Style style) {
    return Collections.unmodifiableSet(
        style == Style.FAST ? EnumSet.allOf(Optimization.class) : EnumSet.of(RECOMPUTATION));
  }

  /** Those among others that remain where a loop computes number by number. */
  public static Set<Optimization> pointwise(Set<Optimization> optimizations) {
    return upTo(Target.ANY, optimizations);
  }

  /** Those among others that remain where a device's kernels compute. */
  public static Set<Optimization> onDevice(Set<Optimization> optimizations) {
    return upTo(Target.BUFFERS, optimizations);
  }

  private static Set<Optimization> upTo(Target target, Set<Optimization> optimizations) {
    Set<Optimization> some = EnumSet.noneOf(Optimization.class);
    optimizations.stream().filter(o -> o.target.compareTo(target) <= 0).forEach(some::add);
    return Collections.unmodifiableSet(some);
  }

  /** All of them but one. */
  public static Set<Optimization> without(Optimization one) {
    return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(one)));
  }
}
