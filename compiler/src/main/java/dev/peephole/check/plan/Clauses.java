package dev.peephole.check.plan;

import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.syntax.ClauseForm;
import dev.peephole.syntax.ClauseForms;
import dev.peephole.syntax.Declaration;
import java.util.List;

/** The clauses that training plans may have, in the order of the language's page. */
public final class Clauses {
  private static final CountClause EPOCHS =
      CountClause.of("epochs", 200, "how often the training part is gone through", "10");

  private static final List<PlanClause> ALL =
      List.of(
          DataClause.DATA,
          new OptimizerClause(),
          DataClause.TEST,
          new WindowClause(),
          new SplitClause(),
          new PartsClause(),
          new FoldsClause(),
          StandardizeClause.STANDARDIZE,
          StandardizeClause.ROBUST,
          new RescaleClause(),
          new AugmentClause(),
          CountClause.of(
              "batch", 16, "examples a step; the last step of an epoch takes what is left", "32"),
          EPOCHS,
          new ShuffleClause(),
          new SeedClause(),
          new ClipClause(),
          new TruncateClause(),
          new StatefulClause(),
          new StopClause(),
          new AverageClause(),
          new RegularizeClause(),
          new MetricsClause());

  private static final ClauseForms FORMS =
      new ClauseForms(ALL.stream().map(PlanClause::form).toList());

  private Clauses() {}

  /** How they are written. */
  public static ClauseForms forms() {
    return FORMS;
  }

  /** How often a plan goes through the training part. */
  public static int epochs(Declaration.Train train) {
    return EPOCHS.number(train).orElse(Plan.EPOCHS);
  }

  public static List<PlanClause> all() {
    return ALL;
  }

  /** The declaration of the clauses that are written in one way. */
  static PlanClause of(ClauseForm form) {
    return ALL.stream().filter(c -> c.form() == form).findFirst().orElseThrow();
  }
}
