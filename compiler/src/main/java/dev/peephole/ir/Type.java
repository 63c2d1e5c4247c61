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

  @Override
  public String toString() {
    return switch (element) {
      case REAL -> shape.toString();
      case LABEL -> shape + " class(" + classes + ")";
      case TRUTH -> shape + " truth";
    };
  }
}
