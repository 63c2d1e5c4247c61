import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;

import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.command.Trainer;
import dev.peephole.runtime.train.plan.Plan;

/** Trains {@link Fever} as {@code fever.nn} says. */
public final class FeverTraining {
  private FeverTraining() {
  }

  /** The training plan, clause by clause. */
  public static Plan plan() {
    return Plan.of("Fever")
        .modelFile("fever.nn")
        .data(
            new Csv("fever.csv", true),
            bind("x", columns("temperature", "dose")),
            bind("y", columns("later")))
        .split(70, 15, 15)
        .standardize("x", "y")
        .batch(16)
        .epochs(200)
        .optimizer("sgd(rate: 0.02, momentum: 0.9)")
        .seed(7)
        .build();
  }

  /** Trains; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(Trainer.main(plan(), Fever::new, FeverTextbook::new, arguments));
  }
}
