package dev.peephole.op;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Ranging;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;

/**
 * Which places along an open axis an example's own sequence reaches, given the lengths of the
 * examples: t &lt; length. The others are padding.
 */
public record PaddingMask(Shape shape, int axis) implements Op.Pointwise {

  @Override
  public String name() {
    return "padding_mask";
  }

  @Override
  public String describe() {
    return "padding_mask of axis " + axis + " of " + shape;
  }

  @Override
  public Type type(List<Type> inputs) {
    requireLengths(inputs.get(0));
    if (shape.axis(axis) != Shape.OPEN || shape.axis(0) != Shape.BATCH) {
      throw new TypeMismatch("axis " + axis + " of " + shape + " has one length", "it is not open");
    }
    return Type.truth(shape);
  }

  static void requireLengths(Type input) {
    if (input.element() != Element.COUNT) {
      throw new TypeMismatch("the lengths of the examples are wanted here", "this is " + input);
    }
  }

  @Override
  public Range range(Ranging ranging) {
    return Range.TRUTH;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    String letter = Axes.of(equation.out().shape()).get(axis);
    return isReached(new Expression.Symbol(letter, List.of(letter)), inputs.get(0));
  }

  static Expression isReached(Expression time, Expression lengths) {
    return Notation.infix("<", Formula.COMPARISON)
        .meaning(Expression.Meaning.OWN_STEP)
        .formula(List.of(time, lengths));
  }

  @Override
  public Scalar element(List<Index> at, List<Var> inputs) {
    return new Scalar.Before(at.get(axis), new Scalar.Load(inputs.get(0), at.subList(0, 1)));
  }

  @Override
  public Optional<String> nondifferentiable() {
    return Optional.of("a comparison is true or false, not a number");
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }
}
