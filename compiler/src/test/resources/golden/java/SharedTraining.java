import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;

import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.command.Trainer;
import dev.peephole.runtime.train.plan.Plan;

/** Trains {@link Shared} as {@code Shared.nn} says. */
public final class SharedTraining {
  private SharedTraining() {
  }

  /** The training plan, clause by clause. */
  public static Plan plan() {
    return Plan.of("Shared")
        .modelFile("Shared.nn")
        .data(
            new Csv("pairs.csv", true),
            bind("x", columns("a1", "a2", "a3", "a4", "a5", "a6", "b1", "b2", "b3", "b4", "b5", "b6")),
            bind("class", columns("c")),
            bind("new", columns("d")))
        .rescale("x", -1, 1)
        .optimizer("sgd(rate: 0.05, momentum: 0.9, nesterov: true)")
        .clipValue(0.5)
        .build();
  }

  /** Trains; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(Trainer.main(plan(), Shared::new, SharedTextbook::new, arguments));
  }
}
