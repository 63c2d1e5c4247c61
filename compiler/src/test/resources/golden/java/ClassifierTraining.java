import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;

import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.command.Trainer;
import dev.peephole.runtime.train.plan.Plan;

/** Trains {@link Classifier} as {@code Classifier.nn} says. */
public final class ClassifierTraining {
  private ClassifierTraining() {
  }

  /** The training plan, clause by clause. */
  public static Plan plan() {
    return Plan.of("Classifier")
        .modelFile("Classifier.nn")
        .data(
            new Csv("kinds.csv", false),
            bind("x", columns(0, 1, 2, 3)),
            bind("kind", columns(4)))
        .test(new Csv("more kinds.csv", false))
        .split(80, 20)
        .standardize("x")
        .batch(8)
        .epochs(50)
        .optimizer("adam(rate: 0.01)")
        .clipNorm(1)
        .stopAfter(5)
        .shuffle(false)
        .seed(11)
        .metric("accuracy")
        .build();
  }

  /** Trains; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(Trainer.main(plan(), Classifier::new, ClassifierTextbook::new, arguments));
  }
}
