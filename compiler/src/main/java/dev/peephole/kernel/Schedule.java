package dev.peephole.kernel;

import dev.peephole.ir.Var;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function ready to print.
 *
 * @param inputs what it is given
 * @param kernels what it does, in order
 * @param outputs what it gives
 * @param shared the values that are in the buffers of others, with those others
 */
public record Schedule(
    List<Var> inputs, List<Kernel> kernels, List<Var> outputs, Map<Var, Var> shared) {
  public Schedule {
    inputs = List.copyOf(inputs);
    kernels = List.copyOf(kernels);
    outputs = List.copyOf(outputs);
    shared = Collections.unmodifiableMap(new LinkedHashMap<>(shared));
  }

  /** Each value in a buffer of its own. */
  public Schedule(List<Var> inputs, List<Kernel> kernels, List<Var> outputs) {
    this(inputs, kernels, outputs, Map.of());
  }

  /** The same function by other kernels. */
  public Schedule withKernels(List<Kernel> other) {
    return new Schedule(inputs, other, outputs, shared);
  }

  /** The same with values in the buffers of others. */
  public Schedule withShared(Map<Var, Var> in) {
    return new Schedule(inputs, kernels, outputs, in);
  }
}
