package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.ClauseForm;
import java.util.Optional;

/**
 * A clause of training plans, all of it: how it is written, what the language's page says of it,
 * and what it does to a plan. {@link Clauses} lists them.
 */
public interface PlanClause {

  /** How it is written. */
  ClauseForm form();

  /** What it says, in Markdown. */
  String says();

  /** What holds where it is left out, in Markdown. */
  String otherwise();

  /** What messages call the one of its kind that a plan may have; absent if there may be many. */
  default Optional<String> single(Clause clause) {
    return Optional.of(form().word());
  }

  /** Whether it is looked at before the others, wherever it stands. */
  default boolean isFirst() {
    return false;
  }

  /**
   * Checks a clause and adds to the plan what it does.
   *
   * @throws CheckException if it is wrong
   */
  void apply(Clause clause, PlanDraft plan);
}
