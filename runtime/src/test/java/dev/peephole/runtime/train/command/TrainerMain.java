package dev.peephole.runtime.train.command;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.columns;

import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.train.LinearModel;
import dev.peephole.runtime.train.plan.Plan;

/** What the compiler might have generated for the model file of the tests. */
final class TrainerMain {
  private TrainerMain() {}

  static Plan plan() {
    return Plan.of("Line")
        .modelFile("line.nn")
        .data(new Csv("line.csv"), bind("x", columns("a")), bind("y", columns("b")))
        .split(70, 30)
        .batch(2)
        .epochs(1_000_000)
        .build();
  }

  static LinearModel model() {
    return new LinearModel(1, 0.01f);
  }

  public static void main(String[] args) {
    System.exit(Trainer.main(plan(), TrainerMain::model, TrainerMain::model, args));
  }
}
