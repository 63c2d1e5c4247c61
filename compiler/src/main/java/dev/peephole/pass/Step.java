package dev.peephole.pass;

import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.pass.ToKernels.Network;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
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

  /** A step from equations to equations. */
  static Step<Function> equations(String name, BiFunction<Task, Function, Function> work) {
    return new Step<>(name, task -> true, work);
  }

  /** A step from kernels to kernels. */
  static Step<Network> kernels(String name, BiFunction<Task, Network, Network> work) {
    return new Step<>(name, task -> true, work);
  }

  /** The same step, taken only where this holds too. */
  Step<T> where(Predicate<Task> holds) {
    return new Step<>(name, applies.and(holds), work);
  }

  /** The same step, taken only with one of these optimisations. */
  Step<T> with(Optimization... any) {
    return where(task -> Stream.of(any).anyMatch(task.optimizations()::contains));
  }
}
