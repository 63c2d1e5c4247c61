package dev.peephole.driver;

import dev.peephole.ir.Program;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import java.util.Optional;
import java.util.Set;

/**
 * A network of a model file.
 *
 * @param checked as the model file says it
 * @param program with its gradients, simplified, and with the optimisations of the fast style
 * @param plan how it is trained, if the file says so
 */
public record Network(Program checked, Program program, Optional<TrainingPlan> plan) {

  /** The network with gradients that are carried over all time steps. */
  public Network untruncated() {
    Program whole = checked.reaching(new Program.Reach(0, checked.stateful()));
    return new Network(whole, Pipeline.run(whole), plan);
  }

  /** The network with its gradients and the optimisations of a style. */
  public Program program(Style style) {
    return program(Optimization.of(style));
  }

  /** The network with its gradients and some optimisations or others. */
  public Program program(Set<Optimization> optimizations) {
    return Pipeline.derivesAlike(checked, Optimization.of(Style.FAST), optimizations)
        ? program
        : Pipeline.run(checked, optimizations);
  }

  /** What the model file calls it. */
  public String name() {
    return program.name();
  }
}
