package dev.peephole.op;

import dev.peephole.ir.Backward;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;
import java.util.Locale;

/**
 * Independent random numbers in some shape, for initial parameters.
 *
 * @param stream tells the draws of a program apart
 */
public record Draw(Distribution distribution, Shape shape, int stream) implements Op.Routine {

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
    return "drawn";
  }

  @Override
  public String describe() {
    return name() + " stream " + stream;
  }

  @Override
  public Type type(List<Type> inputs) {
    return Type.real(shape);
  }

  @Override
  public Formula formula(List<Formula> inputs) {
    return Formula.atom(distribution == Distribution.UNIFORM ? "U(0, 1)" : "N(0, 1)", false);
  }

  @Override
  public Var gradient(int input, Backward back) {
    return null;
  }

  @Override
  public double[] reference(List<double[]> inputs, List<Shape> shapes, Shape result, long seed) {
    double[] drawn = new double[result.size()];
    Philox random = new Philox(seed, stream);
    if (distribution == Distribution.UNIFORM) {
      random.uniform(drawn);
    } else {
      random.normal(drawn);
    }
    return drawn;
  }
}
