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
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The number of the last axis that a label points at: {@code x[label]}. */
public record Pick() implements Op.Pointwise {

  @Override
  public String name() {
    return "pick";
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.get(0).requireNumbers();
    Shape from = inputs.get(0).shape();
    Type label = inputs.get(1);
    if (from.rank() == 0 || label.classes() != from.axis(from.rank() - 1)) {
      throw new TypeMismatch(
          "a label out of " + label.classes() + " cannot point into " + from.example(),
          "the last axis must have as many places as there are classes");
    }
    if (!from.first(from.rank() - 1).equals(label.shape())) {
      throw new TypeMismatch(
          "labels " + label.shape().example() + " cannot point into " + from.example(),
          "the outer axes differ");
    }
    return Type.real(label.shape());
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    Shape from = equation.input(0).shape();
    int last = from.rank() - 1;
    List<String> all = Axes.of(from);
    if (!inputs.get(0).axes().contains(all.get(last))) {
      return Letters.from(inputs.get(0), from, List.of(last), equation.out().shape());
    }
    Expression place =
        Letters.renamed(inputs.get(1), Axes.of(equation.out().shape()), all.subList(0, last));
    Expression row = inputs.get(0).whole(from);
    return new Expression.At(row, row.axes().indexOf(all.get(last)), place)
        .along(Axes.of(equation.out().shape()));
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    List<Index> from = new ArrayList<>(at);
    from.add(Index.label(new Scalar.Load(inputs.get(1), at)));
    return new Scalar.Load(inputs.get(0), from);
  }

  /** Picks from what a value is computed from, so that only the picked number is computed. */
  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    if (rewrite.named().test(rewrite.x(0))) {
      return Optional.empty();
    }
    Var label = rewrite.x(1);
    return rewrite
        .definition(rewrite.x(0), Elementwise.class)
        .map(
            e ->
                rewrite
                    .builder()
                    .named(
                        "",
                        e.op(),
                        e.inputs().stream().map(x -> rewrite.apply(this, x, label)).toList()))
        .or(() -> ofBroadcast(rewrite));
  }

  /** What is the same along the axis need not be picked. */
  private static Optional<Var> ofBroadcast(Rewrite rewrite) {
    Shape shape = rewrite.x(0).shape();
    return rewrite
        .definition(rewrite.x(0), Broadcast.class)
        .filter(e -> ((Broadcast) e.op()).fresh().contains(shape.rank() - 1))
        .map(
            e ->
                Broadcast.to(
                    rewrite.builder(),
                    e.input(0),
                    shape.first(shape.rank() - 1),
                    ((Broadcast) e.op()).kept()));
  }

  @Override
  public Var gradient(int input, Backward back) {
    if (input == 1) {
      return null;
    }
    Shape shape = back.x().shape();
    List<Integer> kept = shape.others(List.of(shape.rank() - 1));
    Var spread = Broadcast.to(back.builder(), back.d(), shape, kept);
    return back.apply(Elementwise.MULTIPLY, spread, back.apply(new OneHot(), back.x(1)));
  }
}
