package dev.peephole.kernel;

import dev.peephole.ir.Var;
import java.util.List;

/**
 * A function ready to print.
 *
 * @param inputs what it is given
 * @param kernels what it does, in order
 * @param outputs what it gives
 */
public record Schedule(List<Var> inputs, List<Kernel> kernels, List<Var> outputs) {
  public Schedule {
    inputs = List.copyOf(inputs);
    kernels = List.copyOf(kernels);
    outputs = List.copyOf(outputs);
  }
}
