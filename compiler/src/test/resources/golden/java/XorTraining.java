import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;

import dev.peephole.runtime.train.command.Trainer;
import dev.peephole.runtime.train.plan.Plan;

/** Trains {@link Xor} as {@code xor.nn} says. */
public final class XorTraining {
  private XorTraining() {
  }

  /** The training plan, clause by clause. */
  public static Plan plan() {
    return Plan.of("Xor")
        .modelFile("xor.nn")
        .data(
            new dev.peephole.runtime.data.generator.Xor(),
            bind("x", field("x")),
            bind("y", field("y")))
        .batch(4)
        .epochs(200)
        .optimizer("sgd(rate: 0.5, momentum: 0.9)")
        .seed(1)
        .metric("accuracy")
        .reach("p", "y", 0, 1, "xor.nn:9")
        .build();
  }

  /** Trains; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(Trainer.main(plan(), Xor::new, XorTextbook::new, arguments));
  }
}
