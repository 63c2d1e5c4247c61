package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Rewrite;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The axes in another order.
 *
 * @param order which axis of the input stands at each place of the result
 */
public record Transpose(List<Integer> order) implements Op.Pointwise {
  public Transpose {
    order = List.copyOf(order);
  }

  @Override
  public String name() {
    return "transpose";
  }

  @Override
  public String describe() {
    return "transpose " + order;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    return new Type(input.shape().pick(order), input.element(), input.classes());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape from = equation.input(0).shape();
    List<String> before = Axes.of(from);
    List<String> after = Axes.of(equation.out().shape());
    boolean sameLetters = order.stream().map(before::get).toList().equals(after);
    if (sameLetters && Axes.isReordered(inputs.get(0).axes(), before)) {
      return inputs.get(0);
    }
    Expression value = inputs.get(0).whole(from);
    Expression whole =
        value.axes().size() == before.size()
            ? value
            : new Expression.Call(
                Expression.Called.RESHAPE, List.of(), value, Axes.marked(from), before);
    boolean matrix = from.rank() >= 2 && onlyLastTwo() && Axes.isOther(before.get(from.rank() - 2));
    if (matrix && Axes.isOther(before.get(from.rank() - 1))) {
      return new Expression.Transposed(whole);
    }
    return new Expression.Reordered(whole, order, after);
  }

  private boolean onlyLastTwo() {
    int last = order.size() - 1;
    return order.get(last) == last - 1
        && order.get(last - 1) == last
        && IntStream.range(0, last - 1).allMatch(i -> order.get(i) == i);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> source = new ArrayList<>(at);
    for (int i = 0; i < order.size(); i++) {
      source.set(order.get(i), at.get(i));
    }
    return new Scalar.Load(inputs.get(0), source);
  }

  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    return rewrite
        .definition(rewrite.x(0), Transpose.class)
        .map(
            inner -> {
              List<Integer> both = order.stream().map(((Transpose) inner.op()).order::get).toList();
              boolean back = both.equals(IntStream.range(0, both.size()).boxed().toList());
              return back ? inner.input(0) : rewrite.apply(new Transpose(both), inner.input(0));
            })
        .or(() -> ofLabels(rewrite));
  }

  /** The rows of labels in another order are those of the labels in that order. */
  private Optional<Var> ofLabels(Rewrite rewrite) {
    int last = order.size() - 1;
    Transpose outer = new Transpose(order.subList(0, Math.max(0, last)));
    return rewrite
        .definition(rewrite.x(0), OneHot.class)
        .filter(hot -> order.get(last) == last)
        .map(hot -> rewrite.apply(new OneHot(), rewrite.apply(outer, hot.input(0))));
  }

  /**
   * A reduction of transposed values is one of the values themselves, if what is left of their axes
   * is in the same order.
   */
  static Optional<Var> reduced(
      Rewrite rewrite, List<Integer> axes, Function<List<Integer>, Op> reduction) {
    return rewrite
        .definition(rewrite.x(0), Transpose.class)
        .filter(e -> isAscending(((Transpose) e.op()).kept(axes)))
        .map(
            e -> {
              List<Integer> order = ((Transpose) e.op()).order;
              List<Integer> before = axes.stream().map(order::get).sorted().toList();
              return rewrite.apply(reduction.apply(before), e.input(0));
            });
  }

  private List<Integer> kept(List<Integer> axes) {
    return IntStream.range(0, order.size())
        .filter(i -> !axes.contains(i))
        .mapToObj(order::get)
        .toList();
  }

  private static boolean isAscending(List<Integer> places) {
    return places.equals(places.stream().sorted().toList());
  }

  @Override
  public Var gradient(int input, Backward back) {
    List<Integer> inverse = new ArrayList<>(order);
    for (int i = 0; i < order.size(); i++) {
      inverse.set(order.get(i), i);
    }
    return back.apply(new Transpose(inverse), back.d());
  }
}
