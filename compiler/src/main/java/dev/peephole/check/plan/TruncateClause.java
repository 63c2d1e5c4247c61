package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Part;
import java.util.List;

/**
 * {@code truncate 32}: backpropagation through time over so many steps (Williams &amp; Peng, 1990).
 */
final class TruncateClause implements PlanClause {
  private static final Part<Expr> STEPS = Part.expression();
  private static final ClauseForm FORM = ClauseForm.of("truncate", "truncate 32").then(STEPS);

  @Override
  public ClauseForm form() {
    return FORM;
  }

  @Override
  public String says() {
    return "carries gradients over at most so many time steps of a cell: sequences are cut into pieces of 32 steps from their beginning, in the cell's direction; states cross the cuts, gradients do not (Williams & Peng, 1990)";
  }

  @Override
  public String otherwise() {
    return "over all steps";
  }

  @Override
  public void apply(Clause clause, PlanDraft plan) {
    int steps = plan.whole(clause.get(STEPS), 1);
    plan.truncate(steps);
    plan.call("truncate", steps);
    List<Scan> scans = plan.program().step().scans().stream().map(e -> (Scan) e.op()).toList();
    if (scans.isEmpty()) {
      throw new CheckException(
          Diagnostic.error(Code.PLAN, clause.span(), "there is nothing to truncate")
              .note(plan.program().name() + " has no cell that gradients flow through over time"));
    }
    if (scans.stream().anyMatch(scan -> scan.reversed() && scan.length() == Shape.OPEN)) {
      throw new CheckException(
          Diagnostic.error(
                  Code.PLAN, clause.span(), "cells that go backwards cannot be truncated here")
              .note(
                  "each sequence has an end of its own, and pieces would be cut after the batch's")
              .hint("leave 'truncate' out, or give the sequences a length instead of *"));
    }
  }
}
