package dev.peephole.check.plan;

import dev.peephole.check.data.WindowSeries;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import java.util.List;
import java.util.Optional;

/** {@code stateful}: states are carried over from window to window. */
public final class StatefulClause implements PlanClause {
  private static final ClauseForm FORM = ClauseForm.of("stateful", "stateful");

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "[carries states over](#stateful) from window to window";
  }

  @Override
  public String otherwise() {
    return "a cell's states begin anew with each example";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    plan.atEnd(
        () -> {
          check(clause.span(), plan);
          plan.call("stateful");
        });
  }

  /** Whether a plan has it. */
  public static boolean in(PlanDraft plan) {
    return plan.clause(FORM).isPresent();
  }

  private static void check(Span stateful, PlanDraft plan) {
    Program program = plan.program();
    Optional<WindowSeries> windows = plan.windows();
    List<Equation> cells = program.step().scans();
    if (cells.isEmpty()) {
      plan.report(
          Diagnostic.error(Code.PLAN, stateful, "there are no states to carry over")
              .note(program.name() + " has no cell"));
      return;
    }
    cells.stream()
        .filter(e -> ((Scan) e.op()).reversed())
        .flatMap(e -> e.origin().shown().stream())
        .distinct()
        .forEach(cell -> plan.report(backwards(cell, stateful)));
    if (windows.isEmpty()) {
      plan.report(
          Diagnostic.error(Code.PLAN, stateful, "there are no windows to carry states over between")
              .note("each example is a whole of its own, and its states begin anew")
              .hint("take the data in windows: window 32 step 32 predict 1"));
    } else if (windows.get().step() != windows.get().length()) {
      plan.report(apart(windows.get(), stateful));
    }
    ShuffleClause.on(plan)
        .ifPresent(
            shuffled ->
                plan.report(
                    Diagnostic.error(
                            Code.PLAN, shuffled.span(), "the order cannot be drawn anew here")
                        .and(stateful, "a window goes on where the one before ended")
                        .hint("leave 'shuffle on' out")));
  }

  private static Diagnostic backwards(Span cell, Span stateful) {
    return Diagnostic.error(Code.PLAN, cell, "this cell's states cannot be carried over")
        .and(stateful, "asked for here")
        .note("it goes backwards, and would begin with what the next window ends with")
        .hint("leave 'stateful' out, or use cells that go forward");
  }

  private static Diagnostic apart(WindowSeries windows, Span stateful) {
    String how = windows.step() < windows.length() ? "overlap" : "leave rows out between them";
    return Diagnostic.error(Code.PLAN, windows.span(), "these windows " + how)
        .and(stateful, "a window goes on where the one before ended")
        .hint("let them follow each other: step " + windows.length());
  }
}
