package dev.peephole.check;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;

/** Whether a plan's windows let states be carried over from one to the next. */
final class CarryingOver {
  private final Program program;
  private final Span stateful;
  private final Context context;

  /**
   * @param stateful the clause that asks for it
   */
  CarryingOver(Program program, Span stateful, Context context) {
    this.program = program;
    this.stateful = stateful;
    this.context = context;
  }

  /**
   * Reports what does not fit.
   *
   * @param shuffled the clause that asks for another order, or {@code null}
   */
  void check(Optional<Series> windows, Span shuffled) {
    List<Equation> cells = program.step().scans();
    if (cells.isEmpty()) {
      context.report(
          Diagnostic.error(Code.PLAN, stateful, "there are no states to carry over")
              .note(program.name() + " has no cell"));
      return;
    }
    cells.stream()
        .filter(e -> ((Scan) e.op()).reversed())
        .flatMap(e -> e.origin().shown().stream())
        .distinct()
        .forEach(this::refuse);
    if (windows.isEmpty()) {
      context.report(
          Diagnostic.error(Code.PLAN, stateful, "there are no windows to carry states over between")
              .note("each example is a whole of its own, and its states begin anew")
              .hint("take the data in windows: window 32 step 32 predict 1"));
    } else if (windows.get().step() != windows.get().length()) {
      contiguous(windows.get());
    }
    if (shuffled != null) {
      context.report(
          Diagnostic.error(Code.PLAN, shuffled, "the order cannot be drawn anew here")
              .and(stateful, "a window goes on where the one before ended")
              .hint("leave 'shuffle on' out"));
    }
  }

  private void refuse(Span backwards) {
    context.report(
        Diagnostic.error(Code.PLAN, backwards, "this cell's states cannot be carried over")
            .and(stateful, "asked for here")
            .note("it goes backwards, and would begin with what the next window ends with")
            .hint("leave 'stateful' out, or use cells that go forward"));
  }

  private void contiguous(Series windows) {
    String how = windows.step() < windows.length() ? "overlap" : "leave rows out between them";
    context.report(
        Diagnostic.error(Code.PLAN, windows.span(), "these windows " + how)
            .and(stateful, "a window goes on where the one before ended")
            .hint("let them follow each other: step " + windows.length()));
  }
}
