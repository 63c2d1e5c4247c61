package dev.peephole.pipeline;

import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.pass.lower.ToKernels.Network;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A step of the {@link Pipeline}.
 *
 * @param name what the stage after it is called
 * @param applies whether it is taken
 * @param work from what there is before it to what there is after it
 * @param <T> equations or kernels
 */
record Step<T>(String name, Predicate<Task> applies, BiFunction<Task, T, T> work) {

  /**
   * What is compiled, and how.
   *
   * @param program as the model file says it, or with its gradients
   */
  record Task(Program program, Set<Optimization> optimizations) {}

  /** A pass, by its own name. */
  static Step<Function> pass(Pass pass) {
    return new Step<>(pass.name(), task -> true, (task, function) -> pass.run(function));
  }

  /** A pass that depends on what is compiled, by its own name. */
  static <P extends Pass> Step<Function> pass(
      Class<P> pass, java.util.function.Function<Task, P> of) {
    return new Step<>(
        Pass.nameOf(pass), task -> true, (task, function) -> of.apply(task).run(function));
  }

  /** A step from kernels to kernels. */
  static Step<Network> kernels(String name, UnaryOperator<Network> work) {
    return new Step<>(name, task -> true, (task, network) -> work.apply(network));
  }

  /** The same step, taken a second time. */
  Step<T> again() {
    return new Step<>(name + "-again", applies, work);
  }

  /** The same step, taken only where this holds too. */
  Step<T> where(Predicate<Task> holds) {
    return new Step<>(name, applies.and(holds), work);
  }

  /** The same step, taken only without this optimisation. */
  Step<T> without(Optimization one) {
    return where(task -> !task.optimizations().contains(one));
  }

  /** The same step, taken only with one of these optimisations. */
  Step<T> with(Optimization... any) {
    return where(task -> Stream.of(any).anyMatch(task.optimizations()::contains));
  }
}
