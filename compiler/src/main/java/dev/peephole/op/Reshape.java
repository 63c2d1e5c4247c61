package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Axis;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The same numbers under another shape. */
public record Reshape(Shape shape) implements Op.View {

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public String describe() {
    return "reshape to " + shape;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    if (input.shape().size() != shape.size() || input.shape().batched() != shape.batched()) {
      throw new TypeMismatch(
          input.shape().example() + " cannot become " + shape.example(),
          input.shape().size() + " numbers are not " + shape.size());
    }
    if (input.shape().count(Shape.OPEN) != shape.count(Shape.OPEN)) {
      throw new TypeMismatch(
          input.shape().example() + " cannot become " + shape.example(),
          "how long an open axis is differs from batch to batch; it stays as it is");
    }
    if (!sizesAround(input.shape()).equals(sizesAround(shape))) {
      throw new TypeMismatch(
          input.shape().example() + " cannot become " + shape.example(),
          "numbers of different time steps would come to lie in one row");
    }
    return new Type(shape, input.element(), input.classes());
  }

  /** How many numbers stand before, between and behind the open axes. */
  private static List<Integer> sizesAround(Shape shape) {
    List<Integer> sizes = new ArrayList<>();
    int size = 1;
    for (int length : shape.axes()) {
      if (length == Shape.OPEN) {
        sizes.add(size);
        size = 1;
      } else {
        size *= Math.max(length, 1);
      }
    }
    sizes.add(size);
    return sizes;
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape before = equation.input(0).shape();
    Shape after = equation.out().shape();
    Optional<Expression> original = original(inputs.get(0), after);
    if (original.isPresent()) {
      return original.get();
    }
    List<Integer> from = longer(before);
    List<Integer> to = longer(after);
    if (!before.pick(from).equals(after.pick(to))) {
      Expression whole = inputs.get(0).whole(before);
      Expression.Call reshaped =
          new Expression.Call(
              Expression.Called.RESHAPE, List.of(), whole, Axes.marked(after), Axes.of(after));
      return whole.axes().equals(Axes.of(before))
          ? apart(before, after).map(reshaped::apart).orElse(reshaped)
          : reshaped;
    }
    List<String> old = from.stream().map(Axes.of(before)::get).toList();
    List<String> fresh = to.stream().map(Axes.of(after)::get).toList();
    return old.equals(fresh)
        ? inputs.get(0)
        : Letters.renamed(only(inputs.get(0), old), old, fresh);
  }

  /** A value that was reshaped before, and is now as it was. */
  private static Optional<Expression> original(Expression e, Shape after) {
    return e instanceof Expression.Call call
            && call.function() == Expression.Called.RESHAPE
            && call.of() instanceof Expression.Name name
            && name.value().filter(value -> value.shape().equals(after)).isPresent()
        ? Optional.of(call.of())
        : Optional.empty();
  }

  /** The pieces that each axis of a shape comes to, if axes are only taken apart. */
  private static Optional<Map<String, Map<String, Integer>>> apart(Shape before, Shape after) {
    Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < before.rank(); i++) {
      Map<String, Integer> pieces = new LinkedHashMap<>();
      int size = 1;
      while (at < after.rank() && (pieces.isEmpty() || size != before.axis(i))) {
        size *= after.axis(at);
        pieces.put(Axes.of(after).get(at), after.axis(at));
        at++;
      }
      if (size != before.axis(i)) {
        return Optional.empty();
      }
      all.put(Axes.of(before).get(i), pieces);
    }
    return at == after.rank() ? Optional.of(all) : Optional.empty();
  }

  /** The axes with more than one place. */
  private static List<Integer> longer(Shape shape) {
    return IntStream.range(0, shape.rank()).filter(i -> shape.axis(i) != 1).boxed().toList();
  }

  /** The value without its other axes, which have one place each. */
  private static Expression only(Expression value, List<String> letters) {
    Expression left = value;
    for (int i = value.axes().size() - 1; i >= 0; i--) {
      if (!letters.contains(value.axes().get(i))) {
        List<String> rest = new ArrayList<>(left.axes());
        rest.remove(i);
        List<String> own = Axes.without(left.axes(), i);
        left = new Expression.Places(left, i, 0, 1, 1, true, own).along(rest);
      }
    }
    return left;
  }

  /** An axis is the same if it is as long, and as many numbers stand in front of it. */
  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    Shape before = equation.input(0).shape();
    List<List<Axis>> same = new ArrayList<>();
    for (int from : longer(before)) {
      for (int to : longer(shape)) {
        Shape front = before.first(from);
        Shape newFront = shape.first(to);
        if (before.axis(from) == shape.axis(to)
            && front.size() == newFront.size()
            && front.count(Shape.BATCH) == newFront.count(Shape.BATCH)
            && front.count(Shape.OPEN) == newFront.count(Shape.OPEN)) {
          same.add(List.of(new Axis(equation.input(0), from), new Axis(equation.out(), to)));
        }
      }
    }
    return same;
  }

  @Override
  public Var gradient(int input, Backward back) {
    return back.apply(new Reshape(back.x().shape()), back.d());
  }
}
