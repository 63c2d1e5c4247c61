package dev.peephole.explain;

import dev.peephole.explain.Trace.Equation;
import dev.peephole.ir.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to say of how a recurrence goes through time. */
final class Recurrences {
  private Recurrences() {}

  /** In words: over how many time steps, in which direction, and how far. */
  static String said(Trace trace, Equation recurrence) {
    int number = trace.equations().indexOf(recurrence);
    List<?> loop = find(trace.program().steps(), number).orElseThrow();
    int length = (Integer) loop.get(1);
    boolean reversed = (Boolean) loop.get(2);
    int piece = (Integer) loop.get(3);
    boolean backward = recurrence.part().equals("backward");
    return "%s: %s time steps, from the %s%s"
        .formatted(
            recurrence.id(),
            length == Shape.OPEN ? "all" : length,
            reversed ? "last to the first" : "first to the last",
            piece == 0
                ? ""
                : backward
                    ? "; gradients are carried over " + piece + " at most"
                    : "; it begins anew after " + piece);
  }

  /** The computation of a recurrence, as {@link Computations} writes it. */
  private static Optional<List<?>> find(List<?> steps, int equation) {
    return steps.stream()
        .map(step -> (List<?>) step)
        .flatMap(step -> found((Integer) step.get(0), (List<?>) step.get(1), equation))
        .findFirst();
  }

  private static Stream<List<?>> found(int number, List<?> computation, int equation) {
    if (!computation.get(0).equals("loop")) {
      return Stream.empty();
    }
    return number == equation
        ? Stream.of(computation)
        : find((List<?>) computation.get(computation.size() - 1), equation).stream();
  }
}
