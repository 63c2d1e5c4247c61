package dev.peephole.check.data;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.runtime.data.example.Rows;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Windows over the rows of the data, as a plan says them.
 *
 * @param length the rows that an input takes
 * @param step the rows between the beginnings of two windows
 * @param predict the rows behind them that a target takes, if the plan says so
 */
public record WindowSeries(int length, int step, OptionalInt predict, Span span) {

  /** Whether two of them make the same windows. */
  public boolean sameAs(WindowSeries other) {
    return length == other.length && step == other.step && predict.equals(other.predict);
  }

  /** The rows that fill an input or a target. */
  public Rows rows(Var var, Program program, Clause.Binding binding) {
    if (!program.targets().contains(var)) {
      return new Rows(0, length);
    }
    if (predict.isEmpty()) {
      String input = program.inputs().stream().findFirst().map(Var::name).orElse("x");
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN,
                  binding.span(),
                  "the window has no rows for the target '" + var.name() + "'")
              .and(span, "the window")
              .hint("take rows behind it: window " + length + " step " + step + " predict 1")
              .hint("or later rows of an input: " + var.name() + " = " + input + " shifted 1"));
    }
    return new Rows(length, length + predict.getAsInt());
  }

  /**
   * Checks that rows of {@code width} numbers fill a tensor; a flat one takes them in a row, and an
   * open axis has a place for each.
   */
  public void fit(Var var, Rows rows, int width, Clause.Binding binding) {
    List<Integer> axes = var.shape().example().forBatch(1, rows.count()).axes();
    List<Integer> given = axes.stream().filter(length -> length != 1).toList();
    List<Integer> taken = Stream.of(rows.count(), width).filter(length -> length != 1).toList();
    boolean flat = given.size() <= 1 || taken.size() <= 1;
    boolean fits = flat ? product(given) == product(taken) : given.equals(taken);
    if (!fits) {
      List<Integer> fitting =
          width == 1 && axes.size() < 2 ? List.of(rows.count()) : List.of(rows.count(), width);
      throw new CheckException(
          Diagnostic.error(
                  Code.SHAPE,
                  binding.span(),
                  "the rows of a window do not fill '"
                      + var.name()
                      + "', which is "
                      + var.shape().example())
              .labelled(told(rows.count(), "row") + " of " + told(width, "number"))
              .and(span, "the window")
              .hint("declare " + var.name() + ": " + fitting + ", or change the window"));
    }
  }

  private static long product(List<Integer> axes) {
    return axes.stream().mapToLong(length -> length).reduce(1, Math::multiplyExact);
  }

  private static String told(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
