package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Values side by side along one axis. */
public record Concat(int axis) implements Op.Pointwise {

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public String describe() {
    return "concat along " + axis;
  }

  @Override
  public Type type(List<Type> inputs) {
    inputs.forEach(Type::requireNumbers);
    Shape first = inputs.get(0).shape();
    int length = first.axis(axis);
    for (Type other : inputs.subList(1, inputs.size())) {
      requireFit(first, other.shape());
      length += other.shape().axis(axis);
    }
    return Type.real(first.with(axis, length));
  }

  private void requireFit(Shape left, Shape right) {
    if (left.rank() != right.rank()
        || !left.without(List.of(axis)).equals(right.without(List.of(axis)))) {
      throw new TypeMismatch(
          left.example() + " and " + right.example() + " cannot stand side by side",
          "the other axes must be the same");
    }
    if (left.axis(axis) == Shape.OPEN || right.axis(axis) == Shape.OPEN) {
      throw new TypeMismatch(
          left.example() + " and " + right.example() + " cannot stand side by side",
          "what is put behind an open axis would come after its padding");
    }
  }

  /** Where along the axis an input begins. */
  public int start(int input, List<Var> inputs) {
    return inputs.subList(0, input).stream().mapToInt(x -> x.shape().axis(axis)).sum();
  }

  @Override
  public Range range(Ranging ranging) {
    return IntStream.range(0, ranging.equation().inputs().size())
        .mapToObj(ranging::x)
        .reduce(Range::join)
        .orElseThrow();
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    List<String> axes = Axes.of(equation.out().shape());
    List<Expression> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      parts.add(inputs.get(i).whole(equation.input(i).shape()));
    }
    List<String> seen = Axes.union(parts.stream().map(Expression::axes).toList());
    return new Expression.SideBySide(parts, axes.get(axis), seen);
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    int last = inputs.size() - 1;
    Scalar number = part(last, at, inputs);
    for (int i = last - 1; i >= 0; i--) {
      int end = start(i + 1, inputs);
      number = new Scalar.WhereWithin(at.get(axis), 0, end, part(i, at, inputs), number);
    }
    return number;
  }

  private Scalar part(int input, List<Index> at, List<Var> inputs) {
    List<Index> inside = new ArrayList<>(at);
    inside.set(axis, at.get(axis).shifted(-start(input, inputs)));
    return new Scalar.Load(inputs.get(input), inside);
  }

  @Override
  public Var gradient(int input, Backward back) {
    int from = start(input, back.equation().inputs());
    int to = from + back.x(input).shape().axis(axis);
    return back.apply(new Slice(axis, from, to), back.d());
  }
}
