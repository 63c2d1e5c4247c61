package dev.peephole.op;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.WindowProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows over the last axes of a value, as a whole: over all but the last of them, which are the
 * channels.
 *
 * @param image the axes that windows go along, and the channels
 * @param sizes how many places a window has along each axis
 * @param strides how many places there are from one window to the next
 * @param dilations how many there are from one place of a window to the next
 */
public record WindowGrid(
    Shape image, List<Integer> sizes, List<Integer> strides, List<Integer> dilations) {
  public WindowGrid {
    sizes = List.copyOf(sizes);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
  }

  /** How many windows there are along each axis. */
  public Shape windows() {
    return new Shape(
        IntStream.range(0, sizes.size())
            .mapToObj(
                i -> Windows.count(image.axis(i), sizes.get(i), strides.get(i), dilations.get(i)))
            .toList());
  }

  /** The numbers of a window. */
  public Shape window() {
    return new Shape(sizes).append(image.last(1));
  }

  /** The axes in front of an image. */
  public Shape outer(Shape images) {
    return images.first(images.rank() - image.rank());
  }

  /** The windows over images: how many there are, and the numbers of each. */
  Shape taken(Shape images) {
    return outer(images).append(windows()).append(window());
  }

  /** The ops that take the windows over images and make a row of each, one after another. */
  private List<Op> rows(Shape images) {
    int first = outer(images).rank();
    int count = sizes.size();
    Shape repeated = images.first(first + count).append(new Shape(sizes)).append(image.last(1));
    List<Integer> within = IntStream.range(first + count, first + 2 * count).boxed().toList();
    List<Op> ops = new ArrayList<>(List.of(new Broadcast(repeated, repeated.others(within))));
    for (int i = 0; i < count; i++) {
      ops.add(new Windows(first + i, within.get(i), strides.get(i), dilations.get(i)));
    }
    Shape rows = outer(images).append(windows()).append(Shape.of(window().size()));
    ops.add(new Reshape(rows));
    return ops;
  }

  /** The formula of an op whose first input is a row of each window over images. */
  Expression formula(Op op, List<Expression> inputs, Equation equation) {
    Var value = equation.input(0);
    Expression windows = inputs.get(0);
    for (Op each : rows(value.shape())) {
      Var next = Var.of("", each.type(List.of(value.type())));
      windows =
          each.formula(List.of(windows), new Equation(next, each, List.of(value), Origin.NOWHERE));
      value = next;
    }
    Var other = equation.input(1);
    return op.formula(
        List.of(windows, inputs.get(1)),
        new Equation(equation.out(), op, List.of(value, other), equation.origin()));
  }

  /** How the runtime multiplies these windows: a series is an image of one row. */
  WindowProduct product() {
    List<Integer> arguments = arguments();
    return new WindowProduct(
            arguments.get(0),
            arguments.get(1),
            arguments.get(2),
            arguments.get(3),
            arguments.get(4))
        .every(inPlane(strides).get(0), inPlane(strides).get(1))
        .spaced(inPlane(dilations).get(0), inPlane(dilations).get(1));
  }

  /** Height, width and channels of the image, and height and width of a window. */
  public List<Integer> arguments() {
    boolean series = sizes.size() == 1;
    return List.of(
        series ? 1 : image.axis(0),
        image.axis(image.rank() - 2),
        image.axis(image.rank() - 1),
        inPlane(sizes).get(0),
        inPlane(sizes).get(1));
  }

  /** Numbers down and across. */
  public static List<Integer> inPlane(List<Integer> numbers) {
    return numbers.size() == 1 ? List.of(1, numbers.get(0)) : numbers;
  }

  /** Whether a value's last axes are such an image. */
  boolean fits(Type value) {
    return value.shape().rank() >= image.rank() && value.shape().last(image.rank()).equals(image);
  }
}
