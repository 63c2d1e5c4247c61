package dev.peephole.runtime.train.divergence;

/** What to do about numbers that are not finite. */
public enum Remedy {
  /** The gradients were large: Pascanu, Mikolov &amp; Bengio, 2013. */
  CLIP("a smaller rate of the optimizer, or \"clip norm 1\", keeps steps small"),

  RATE("a smaller rate of the optimizer keeps steps small"),

  /** Before any step was made. */
  DATA("no step was made yet: look at the numbers of the data, and at the initial parameters"),

  /** Its factor is infinite, however small the rest. */
  DERIVATIVE(
      "no clipping helps where a derivative is infinite, as that of sqrt is at 0:"
          + " keep away from there, as sqrt(x + 1e-8) does");

  /** Gradients of this norm come out of a network that still learns. */
  private static final double USUAL_NORM = 10;

  private final String hint;

  Remedy(String hint) {
    this.hint = hint;
  }

  String hint() {
    return hint;
  }

  /**
   * What helps against values that grow.
   *
   * @param steps how many were made
   * @param norm that of the gradients of the last one
   * @param clipped whether gradients are kept small already
   */
  public static Remedy of(long steps, double norm, boolean clipped) {
    if (steps == 0) {
      return DATA;
    }
    return norm > USUAL_NORM && !clipped ? CLIP : RATE;
  }
}
