package dev.peephole.driver;

import dev.peephole.ir.Program;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.pass.Pipeline;
import java.util.Optional;

/**
 * A network of a model file.
 *
 * @param checked as the model file says it
 * @param program with its gradients, and simplified
 * @param plan how it is trained, if the file says so
 */
public record Network(Program checked, Program program, Optional<TrainingPlan> plan) {

  /** The network with gradients that are carried over all time steps. */
  public Network untruncated() {
    Program whole = checked.reaching(0, checked.stateful());
    return new Network(whole, Pipeline.run(whole), plan);
  }

  /** What the model file calls it. */
  public String name() {
    return program.name();
  }
}
