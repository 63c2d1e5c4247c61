package dev.peephole.docs.library;

import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An equation as the compiler prints it.
 *
 * @param value the name of what it computes; empty above the equations of a recurrence
 * @param formula the equation
 * @param beside its shape and, if it is part of a gradient, the rules that it follows from
 */
record Line(String value, String formula, String beside) {
  private static final int WIDEST = 64;

  /**
   * The equations of kernels; those of a recurrence are indented.
   *
   * @param rules what stands beside the shape of a kernel's result
   */
  static List<Line> of(List<Kernel> kernels, Function<Kernel, Set<String>> rules) {
    List<Line> lines = new ArrayList<>();
    kernels.forEach(kernel -> add(kernel, "", rules, lines));
    return lines;
  }

  private static void add(
      Kernel kernel, String indent, Function<Kernel, Set<String>> rules, List<Line> lines) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      lines.add(new Line("", indent + heading(recurrence.parts()), ""));
      recurrence.body().forEach(inner -> add(inner, indent + "  ", rules, lines));
      return;
    }
    Var out = kernel.results().get(kernel.results().size() - 1);
    String beside = out.shape() + "  " + String.join(", ", rules.apply(kernel));
    kernel
        .formulas()
        .forEach(
            formula -> lines.add(new Line(out.name(), indent + formula, beside.stripTrailing())));
  }

  private static String heading(Recurrence scan) {
    String way = scan.reversed() ? ", from the last to the first" : "";
    return "for each of " + Shape.text(scan.length()) + " time steps" + way + ":";
  }

  /** Lines under each other, what stands beside them in a column. */
  static String text(List<Line> lines) {
    int width =
        lines.stream()
            .filter(line -> !line.beside.isEmpty())
            .mapToInt(line -> length(line.formula))
            .filter(length -> length <= WIDEST)
            .max()
            .orElse(0);
    return lines.stream()
        .map(line -> (padded(line.formula, width) + "   " + line.beside).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
