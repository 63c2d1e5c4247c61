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
 * Windows over the last axes of a value, as a whole: over the first of these, and the rest are the
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
    return new Shape(sizes).append(channels());
  }

  private Shape channels() {
    return image.last(image.rank() - sizes.size());
  }

  /** The axes in front of an image. */
  public Shape outer(Shape images) {
    return images.first(images.rank() - image.rank());
  }

  /**
   * The ops that take the windows over images, one after another; the windows stand first, then a
   * window's places, then the channels.
   *
   * @param outer the axes in front of an image
   */
  public List<Op> take(Shape outer) {
    int first = outer.rank();
    int count = sizes.size();
    Shape repeated = outer.append(image.first(count)).append(new Shape(sizes)).append(channels());
    List<Op> ops =
        new ArrayList<>(List.of(new Broadcast(repeated, repeated.others(within(outer)))));
    for (int i = 0; i < count; i++) {
      ops.add(new Windows(first + i, first + count + i, strides.get(i), dilations.get(i)));
    }
    return ops;
  }

  /**
   * The ops that add windows up where they were taken from, one after another: those along the
   * axes, in any order, and then the sum.
   */
  public List<Op> putBack(Shape outer) {
    int first = outer.rank();
    int count = sizes.size();
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int within = first + count + i;
      ops.add(new FromWindows(first + i, within, strides.get(i), dilations.get(i), image.axis(i)));
    }
    ops.add(new Sum(within(outer)));
    return ops;
  }

  /** The axes of a window's places. */
  private List<Integer> within(Shape outer) {
    int first = outer.rank() + sizes.size();
    return IntStream.range(first, first + sizes.size()).boxed().toList();
  }

  /**
   * The formula of ops that are applied to a value one after another, and then of one more, which
   * gives an equation's result.
   *
   * @param inputs the formulas of the equation's inputs, the first of them that of the value
   */
  static Expression formula(List<Op> ops, Op last, List<Expression> inputs, Equation equation) {
    Step step = after(ops, inputs.get(0), equation.input(0));
    List<Var> vars = new ArrayList<>(equation.inputs());
    List<Expression> formulas = new ArrayList<>(inputs);
    vars.set(0, step.value);
    formulas.set(0, step.formula);
    return last.formula(formulas, new Equation(equation.out(), last, vars, equation.origin()));
  }

  /** What ops make of a value, and its formula. */
  record Step(Var value, Expression formula) {}

  /** What ops that are applied one after another make of a value. */
  static Step after(List<Op> ops, Expression formula, Var value) {
    Step step = new Step(value, formula);
    for (Op each : ops) {
      Var next = Var.of("", each.type(List.of(step.value.type())));
      Equation equation = new Equation(next, each, List.of(step.value), Origin.NOWHERE);
      step = new Step(next, each.formula(List.of(step.formula), equation));
    }
    return step;
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
