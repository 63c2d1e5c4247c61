package dev.peephole.playground;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;

/**
 * How many numbers a network holds; what is too large for a page is refused before any array is
 * made of it.
 *
 * @param parameters the trained numbers
 * @param values the numbers that a step computes for one example, and one time step of open axes;
 *     those of a recurrence at each of its time steps
 */
record Size(double parameters, double values) {
  /** A step over so many takes a second or less. */
  private static final double MOST_PARAMETERS = 2e6;

  private static final double MOST_VALUES = 1e6;

  static Size of(Program program) {
    return new Size(
        program.weights().stream().mapToDouble(Size::count).sum(), values(program.step()));
  }

  private static double values(Function function) {
    double sum = 0;
    for (Equation e : function.equations()) {
      sum += e.outs().stream().mapToDouble(Size::count).sum();
      sum += e.op() instanceof Scan scan ? Math.max(1, scan.length()) * values(scan.step()) : 0;
    }
    return sum;
  }

  /** As a double, which no product of lengths overflows. */
  private static double count(Var var) {
    List<Integer> axes = var.shape().axes();
    return axes.stream()
        .filter(n -> n != Shape.BATCH && n != Shape.OPEN)
        .mapToDouble(n -> n)
        .reduce(1, (a, b) -> a * b);
  }

  /** Why it is too large, if it is. */
  Optional<Problem> refused(String network) {
    if (parameters > MOST_PARAMETERS) {
      return Optional.of(tooLarge(network, parameters, "parameters", MOST_PARAMETERS));
    } else if (values > MOST_VALUES) {
      return Optional.of(tooLarge(network, values, "numbers an example", MOST_VALUES));
    }
    return Optional.empty();
  }

  private static Problem tooLarge(String network, double count, String what, double most) {
    return Problem.of(
        "%s has %s %s, too many for the playground".formatted(network, (long) count, what),
        "at most %s; nnc train trains what is larger".formatted((long) most));
  }
}
