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
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Independent random numbers in some shape.
 *
 * @param stream tells the draws at one moment apart
 */
public record Draw(Distribution distribution, Shape shape, int stream, Moment moment)
    implements Op.Routine {

  /** When the numbers are drawn. */
  public enum Moment {
    /** Before training, for the first value of a parameter. */
    FIRST,
    /** Anew at each step of training; in evaluation they are their means. */
    EACH_STEP
  }

  /** What is drawn from. */
  public enum Distribution {
    /** From 0 up to 1. */
    UNIFORM,
    /** Mean 0, standard deviation 1. */
    NORMAL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "random_" + distribution;
  }

  @Override
  public String hint(List<Var> inputs) {
    return moment == Moment.FIRST ? "drawn" : "noise";
  }

  @Override
  public String describe() {
    return name() + " stream " + stream + (moment == Moment.FIRST ? "" : ", anew at each step");
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.real(shape);
  }

  @Override
  public Range range(Ranging ranging) {
    return distribution == Distribution.UNIFORM ? Range.closed(0, 1) : Range.ANY;
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    String drawn = distribution == Distribution.UNIFORM ? "U(0, 1)" : "N(0, 1)";
    return new Expression.Name(drawn, Axes.of(equation.out().shape()));
  }

  /** Each time step has numbers of its own. */
  @Override
  public Optional<Op> lifted(int length, List<Boolean> varying) {
    return Optional.of(new Draw(distribution, Shape.of(length).append(shape), stream, moment));
  }

  @Override
  public boolean dependsOnMode() {
    return moment == Moment.EACH_STEP;
  }

  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    return List.of();
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, Mode mode) {
    double[] drawn = new double[result.size()];
    boolean uniform = distribution == Distribution.UNIFORM;
    if (moment == Moment.FIRST && uniform) {
      new Philox(mode.seed(), stream).uniform(drawn);
    } else if (moment == Moment.FIRST) {
      new Philox(mode.seed(), stream).normal(drawn);
    } else if (uniform) {
      mode.uniform(stream, drawn, drawn.length);
    } else {
      mode.normal(stream, drawn, drawn.length);
    }
    return drawn;
  }
}
