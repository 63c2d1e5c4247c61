package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
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
import java.util.stream.IntStream;

/**
 * Repeats a value along new axes; no other op repeats anything.
 *
 * @param shape the shape that comes out
 * @param kept where in it each axis of the input stands, ascending
 */
public record Broadcast(Shape shape, List<Integer> kept) implements Op.Pointwise {
  public Broadcast {
    kept = List.copyOf(kept);
  }

  /** Repeats along new outer axes: {@code [n]} becomes {@code [N, n]}. */
  public static Var lead(Builder builder, Var var, Shape shape) {
    int fresh = shape.rank() - var.shape().rank();
    return to(builder, var, shape, IntStream.range(fresh, shape.rank()).boxed().toList());
  }

  /** Repeats into a shape; returns the value itself if it has that shape already. */
  public static Var to(Builder builder, Var var, Shape shape, List<Integer> kept) {
    return var.shape().equals(shape) ? var : builder.apply(new Broadcast(shape, kept), var);
  }

  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public String describe() {
    return "broadcast " + kept + " to " + shape;
  }

  @Override
  public Type type(List<Type> inputs) {
    Type input = inputs.get(0);
    if (!shape.pick(kept).equals(input.shape())) {
      throw new TypeMismatch(input.shape() + " does not broadcast to " + shape, "an axis differs");
    }
    return new Type(shape, input.element(), input.classes());
  }

  /** The axes that are new. */
  public List<Integer> fresh() {
    return shape.others(kept);
  }

  @Override
  public Range range(Ranging ranging) {
    return ranging.x(0);
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    List<String> before = Axes.of(equation.input(0).shape());
    List<String> after = Axes.of(equation.out().shape());
    return Letters.renamed(inputs.get(0), before, kept.stream().map(after::get).toList());
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Load(inputs.get(0), kept.stream().map(at::get).toList());
  }

  @Override
  public Optional<Op> lifted(int length, List<Boolean> varying) {
    List<Integer> places = new ArrayList<>(kept.stream().map(place -> place + 1).toList());
    if (varying.get(0)) {
      places.add(0, 0);
    }
    return Optional.of(new Broadcast(Shape.of(length).append(shape), places));
  }

  @Override
  public Var gradient(int input, Backward back) {
    return back.apply(new Sum(fresh()), back.d());
  }

  @Override
  public Optional<Var> simplify(Rewrite rewrite) {
    if (shape.equals(rewrite.x(0).shape())) {
      return Optional.of(rewrite.x(0));
    }
    return rewrite
        .definition(rewrite.x(0), Broadcast.class)
        .map(inner -> rewrite.apply(after(inner), inner.input(0)));
  }

  private Broadcast after(Equation inner) {
    return new Broadcast(shape, ((Broadcast) inner.op()).kept.stream().map(kept::get).toList());
  }
}
