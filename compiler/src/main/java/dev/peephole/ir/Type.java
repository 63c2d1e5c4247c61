package dev.peephole.ir;

/**
 * A value's shape and what it is made of.
 *
 * @param classes the number of classes of labels, 0 otherwise
 */
public record Type(Shape shape, Element element, int classes) {

  public static Type real(Shape shape) {
    return new Type(shape, Element.REAL, 0);
  }

  public static Type truth(Shape shape) {
    return new Type(shape, Element.TRUTH, 0);
  }

  /** How many time steps each example of a batch has. */
  public static Type lengths() {
    return new Type(Shape.of(Shape.BATCH), Element.COUNT, 0);
  }

  /** One example of it, as messages say it. */
  public String describe() {
    Shape own = shape.example();
    return switch (element) {
      case REAL -> own.toString();
      case LABEL -> (own.rank() == 0 ? "" : own + " ") + "class(" + classes + ")";
      case TRUTH -> own.rank() == 0 ? "true or false" : own + " of true and false";
      case COUNT -> "a number of time steps";
    };
  }

  /**
   * @throws TypeMismatch unless it is made of numbers
   */
  public void requireNumbers() {
    if (element != Element.REAL) {
      String way = element == Element.LABEL ? "one_hot(label)" : "where(c, 1, 0)";
      throw new TypeMismatch(
          "numbers are wanted here", "this is " + describe() + "; " + way + " makes numbers of it");
    }
  }

  @Override
  public String toString() {
    return of(shape.toString());
  }

  /** The same with what is known of its axes, see {@link Axes#marked}. */
  public String marked() {
    return of(Axes.marked(shape));
  }

  private String of(String shape) {
    return switch (element) {
      case REAL -> shape;
      case LABEL -> shape + " class(" + classes + ")";
      case TRUTH -> shape + " truth";
      case COUNT -> shape + " count";
    };
  }
}
