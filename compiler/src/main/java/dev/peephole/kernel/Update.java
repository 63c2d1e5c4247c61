package dev.peephole.kernel;

import dev.peephole.ir.Optimizer;
import java.util.List;

/**
 * The step of an optimizer ready to print.
 *
 * @param rule what each value that it is given, changes or remembers is for
 * @param kernels what it does, in order: numbers that there are once for all, and loops over the
 *     numbers of a parameter
 */
public record Update(Optimizer rule, List<Kernel> kernels) {
  public Update {
    kernels = List.copyOf(kernels);
  }

  /** The same as a function of what the step is given. */
  public Schedule schedule() {
    return new Schedule(rule.step().inputs(), kernels, rule.step().outputs());
  }

  /**
   * Whether it sums up over all numbers of a parameter, and so goes through them more than once.
   */
  public boolean sums() {
    return kernels.stream().anyMatch(Kernel.Reduce.class::isInstance);
  }

  /** The same rule by some of its kernels. */
  public Update withKernels(List<Kernel> some) {
    return new Update(rule, some);
  }
}
