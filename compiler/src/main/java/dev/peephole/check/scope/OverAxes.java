package dev.peephole.check.scope;

import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.Value;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import dev.peephole.op.Pad;
import dev.peephole.op.Slice;
import dev.peephole.op.Transpose;
import dev.peephole.op.WindowGrid;
import dev.peephole.op.Windows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The functions of the language that are told axes, or lengths along them. */
final class OverAxes {
  private OverAxes() {}

  /**
   * The numbers of the first argument joined: all that are seen, or those along the axes that the
   * second one names.
   *
   * @param op what joins them along axes of the whole shape
   */
  static Value join(
      Arithmetic arithmetic,
      List<Value> arguments,
      Frame frame,
      Function<List<Integer>, Op.Reduction> op) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    List<Integer> over = named(arithmetic, x, arguments, frame);
    return arithmetic.reduce(op.apply(over), x, seen(x, over).size());
  }

  /** How many numbers {@link #join} would join. */
  static Value size(Arithmetic arithmetic, List<Value> arguments, Frame frame) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    return arithmetic.size(x.var().shape().pick(named(arithmetic, x, arguments, frame)));
  }

  /** What {@link #join} gives, repeated along the axes that it has lost. */
  static Value spread(Arithmetic arithmetic, List<Value> arguments, Frame frame) {
    Value.Tensor x = arithmetic.tensor(arguments.get(1));
    List<Integer> over = named(arithmetic, x, arguments.subList(1, 3), frame);
    return arithmetic.spread(arithmetic.tensor(arguments.get(0)), x, seen(x, over));
  }

  /** Whether a value says along which axes numbers are to be joined. */
  static boolean areAxes(Value value) {
    return value instanceof Value.Numbers || value instanceof Value.Batch;
  }

  /** The axis of the whole shape that a value names, one of those that are seen. */
  static int seen(Value.Tensor x, Value axis) {
    List<Integer> places = list(axis, "an axis is a whole number");
    return Arithmetic.ownAxes(x).get(place(places.get(0), x));
  }

  /** Those axes of the whole shape that are seen. */
  private static List<Integer> seen(Value.Tensor x, List<Integer> axes) {
    return axes.stream().filter(Arithmetic.ownAxes(x)::contains).toList();
  }

  /**
   * The axes, of the whole shape, that the second argument names, or all that are seen; in an
   * optimizer all numbers of the parameter.
   */
  private static List<Integer> named(
      Arithmetic arithmetic, Value.Tensor x, List<Value> arguments, Frame frame) {
    List<Integer> own = Arithmetic.ownAxes(x);
    boolean ofExamples = arguments.size() > 1 && arguments.get(1) instanceof Value.Batch;
    if (arithmetic.isOfOneNumber() && x.var().shape().batched() && !ofExamples) {
      return List.of(0);
    }
    if (arguments.size() == 1) {
      return own;
    }
    List<Integer> over = new ArrayList<>();
    Value axes = arguments.get(1);
    if (axes instanceof Value.Batch) {
      requireBatch(x, frame);
      IntStream.range(0, x.hidden().rank()).forEach(over::add);
    }
    List<Integer> places =
        axes instanceof Value.Batch batch
            ? batch.own()
            : list(axes, "an axis is a whole number, or batch");
    places.forEach(axis -> over.add(own.get(place(axis, x))));
    if (over.stream().distinct().count() < over.size()) {
      throw new TypeMismatch("an axis is named twice", "each axis can go away once");
    }
    Collections.sort(over);
    return over;
  }

  private static void requireBatch(Value.Tensor x, Frame frame) {
    if (!frame.inNetwork() || !x.var().shape().batched()) {
      throw new TypeMismatch(
          "there is no batch to join",
          frame.inNetwork()
              ? "this is the same for all examples"
              : "what is computed here knows nothing of examples");
    }
    if (frame.isInStep()) {
      throw new TypeMismatch(
          "the examples cannot be joined at a time step of a cell",
          "some have ended already; join them before the cell, or what it gives, behind it");
    }
  }

  private static int place(int axis, Value.Tensor x) {
    if (axis < -x.rank() || axis >= x.rank()) {
      throw new TypeMismatch(
          "there is no axis " + axis + " in " + x.shape(), "axes are counted from 0");
    }
    return Math.floorMod(axis, x.rank());
  }

  /** The axes in reverse order, or in the order that is said. */
  static Value transpose(Arithmetic arithmetic, List<Value> arguments) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    List<Integer> own = Arithmetic.ownAxes(x);
    List<Integer> order = new ArrayList<>(x.var().shape().others(own));
    if (arguments.size() == 1) {
      List<Integer> reversed = new ArrayList<>(own);
      Collections.reverse(reversed);
      order.addAll(reversed);
    } else {
      List<Integer> said = list(arguments.get(1), "an order of axes is a list such as [1, 0, 2]");
      if (!said.stream().sorted().toList().equals(IntStream.range(0, x.rank()).boxed().toList())) {
        throw new TypeMismatch(
            said + " is no order of the axes of " + x.shape(), "each of them stands in it once");
      }
      said.forEach(axis -> order.add(own.get(axis)));
    }
    return arithmetic.apply(new Transpose(order), x);
  }

  /** Zeros around a value along its first axes. */
  static Value pad(Arithmetic arithmetic, List<Value> arguments) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    List<Integer> before = along(x, arguments.get(1), 0);
    List<Integer> behind = along(x, arguments.get(2), 0);
    requireAlike(before, behind);
    Value.Tensor padded = x;
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i) + behind.get(i) > 0) {
        int axis = Arithmetic.ownAxes(x).get(i);
        int length = fixed(x, i) + before.get(i) + behind.get(i);
        padded = (Value.Tensor) arithmetic.apply(new Pad(axis, before.get(i), length), padded);
      }
    }
    return padded;
  }

  /** The windows over the first axes of a value; a window's places stand behind these axes. */
  static Value windows(Arithmetic arithmetic, List<Value> arguments) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    List<Integer> sizes = along(x, arguments.get(1), 1);
    List<Integer> strides = along(x, arguments.get(2), 1);
    List<Integer> dilations = along(x, arguments.get(3), 1);
    requireAlike(sizes, strides);
    requireAlike(sizes, dilations);
    boolean apart = sizes.equals(strides) && dilations.stream().allMatch(d -> d == 1);
    if (apart) {
      return pieces(arithmetic, x, sizes);
    }
    IntStream.range(0, sizes.size()).forEach(i -> fixed(x, i));
    WindowGrid grid = new WindowGrid(x.shape(), sizes, strides, dilations);
    Var taken = applied(arithmetic, grid.take(x.hidden()), x.var());
    return new Value.Tensor(taken, x.rank() + sizes.size());
  }

  /** Windows side by side, which are the axes in pieces; what is left at their ends is left out. */
  private static Value pieces(Arithmetic arithmetic, Value.Tensor x, List<Integer> sizes) {
    int first = x.hidden().rank();
    int count = sizes.size();
    Var whole = x.var();
    List<Integer> axes = new ArrayList<>(whole.shape().first(first).axes());
    List<Integer> order = new ArrayList<>(IntStream.range(0, first).boxed().toList());
    for (int i = 0; i < count; i++) {
      int pieces = Windows.count(fixed(x, i), sizes.get(i), sizes.get(i), 1);
      int length = pieces * sizes.get(i);
      if (length < fixed(x, i)) {
        whole = arithmetic.apply(new Slice(first + i, 0, length), new Value.Tensor(whole, 0)).var();
      }
      axes.addAll(List.of(pieces, sizes.get(i)));
      order.add(first + 2 * i);
    }
    IntStream.range(0, count).forEach(i -> order.add(first + 2 * i + 1));
    axes.addAll(whole.shape().last(x.rank() - count).axes());
    IntStream.range(first + 2 * count, axes.size()).forEach(order::add);
    Var apart = arithmetic.reshape(whole, new Shape(axes));
    Value.Tensor pieces = new Value.Tensor(apart, x.rank() + count);
    return count == 1 ? pieces : arithmetic.apply(new Transpose(order), pieces);
  }

  /** What ops give of a value one after another. */
  private static Var applied(Arithmetic arithmetic, List<Op> ops, Var of) {
    Var value = of;
    for (Op op : ops) {
      value = arithmetic.apply(op, new Value.Tensor(value, 0)).var();
    }
    return value;
  }

  /** The sum of windows, each where it was taken from. */
  static Value overlapAdd(Arithmetic arithmetic, List<Value> arguments) {
    Value.Tensor x = arithmetic.tensor(arguments.get(0));
    List<Integer> strides = along(x, arguments.get(1), 1);
    List<Integer> dilations = along(x, arguments.get(2), 1);
    requireAlike(strides, dilations);
    int count = strides.size();
    if (x.rank() < 2 * count) {
      throw new TypeMismatch(
          x.shape() + " are no windows along " + count + " axes",
          "how many there are stands first, then the places of a window");
    }
    List<Integer> lengths = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sizes.add(fixed(x, count + i));
      int last = strides.get(i) * (fixed(x, i) - 1);
      lengths.add(last + dilations.get(i) * (sizes.get(i) - 1) + 1);
    }
    Shape image = new Shape(lengths).append(x.shape().last(x.rank() - 2 * count));
    WindowGrid grid = new WindowGrid(image, sizes, strides, dilations);
    Var sum = applied(arithmetic, grid.putBack(x.hidden()), x.var());
    return new Value.Tensor(sum, x.rank() - count);
  }

  /** Whole numbers for the first axes of a value, none less than {@code least}. */
  private static List<Integer> along(Value.Tensor x, Value value, int least) {
    List<Integer> numbers = list(value, "a number for each axis is a list such as [3, 3]");
    if (numbers.isEmpty() || numbers.size() > x.rank()) {
      throw new TypeMismatch(
          "these are numbers for " + numbers.size() + " axes",
          x.shape() + " has " + x.rank() + (x.rank() == 1 ? " axis" : " axes"));
    }
    if (numbers.stream().anyMatch(n -> n < least)) {
      throw new TypeMismatch(
          "none of " + numbers + " can be less than " + least, "they count places along an axis");
    }
    return numbers;
  }

  private static List<Integer> list(Value value, String what) {
    if (value instanceof Value.Numbers numbers) {
      return numbers.values();
    } else if (value instanceof Value.Number number && number.integer()) {
      return List.of((int) number.value());
    }
    throw new TypeMismatch(what, "this is " + value.describe());
  }

  private static void requireAlike(List<Integer> some, List<Integer> others) {
    if (some.size() != others.size()) {
      throw new TypeMismatch(
          some + " and " + others + " do not go together", "each has a number for each axis");
    }
  }

  /** The length of an axis that is seen, which must be known. */
  private static int fixed(Value.Tensor x, int axis) {
    int length = x.shape().axis(axis);
    if (length == Shape.OPEN) {
      throw new TypeMismatch(
          "axis " + axis + " of " + x.shape() + " is open",
          "windows and padding need a length that is the same for all examples");
    }
    return length;
  }
}
