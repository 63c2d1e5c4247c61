package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.ir.Op;
import dev.peephole.ir.Range;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a class says of its values for whoever looks into a network: which buffers hold the whole
 * gradient of a value, where the function that a value comes from is flat, and which value is a
 * state before each time step. Only a class where every value has a buffer to itself says so.
 */
final class Insight {
  private final ToKernels.Network network;
  private final Storage storage;
  private final Set<Var> backward = new HashSet<>();

  Insight(ToKernels.Network network, Storage storage) {
    this.network = network;
    this.storage = storage;
    if (network.shared().isEmpty() && network.overwritten().isEmpty()) {
      network.phases().get(Phase.BACKWARD).forEach(k -> backward.addAll(k.results()));
    }
  }

  /** The value whose whole gradient the buffer of this one holds when the backward pass is over. */
  Optional<Var> gradientOf(Var var) {
    return backward.contains(var) ? storage.gradientOf(var) : Optional.empty();
  }

  /**
   * What there is to say besides.
   *
   * @param told the values that the class names
   */
  List<CodeBlock> said(Set<Var> told) {
    List<CodeBlock> said = new ArrayList<>();
    if (!backward.isEmpty()) {
      List<Kernel> forward = network.phases().get(Phase.FORWARD);
      forward.forEach(kernel -> states(kernel, told, said));
      Map<Var, Range> flat = new LinkedHashMap<>();
      forward.forEach(kernel -> flat.putAll(flat(kernel)));
      flat.keySet().retainAll(told);
      flat.forEach((var, range) -> said.add(flat(var, range)));
    }
    return said;
  }

  /** {@code state("s", "sPrev")}. */
  private static void states(Kernel kernel, Set<Var> told, List<CodeBlock> said) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      for (Kernel.State state : recurrence.states()) {
        recurrence.parts().all().stream()
            .filter(result -> result.each() == state.before())
            .filter(before -> told.contains(before.all()) && told.contains(state.all()))
            .forEach(
                before ->
                    said.add(
                        CodeBlock.of("state($S, $S)", state.all().name(), before.all().name())));
      }
    }
  }

  /** The values that the kernel computes by a function that is flat somewhere. */
  private static Map<Var, Range> flat(Kernel kernel) {
    Map<Var, Range> flat = new LinkedHashMap<>();
    if (kernel instanceof Kernel.Loop loop) {
      for (Kernel.Statement statement : loop.body()) {
        if (statement.value() instanceof Scalar.Apply apply) {
          flat(apply.op()).ifPresent(range -> flat.put(statement.out(), range));
        }
      }
      loop.function().flatMap(Insight::flat).ifPresent(r -> flat.put(loop.last().out(), r));
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      Map<Var, Range> each = new HashMap<>();
      recurrence.body().forEach(k -> each.putAll(flat(k)));
      recurrence.parts().all().stream()
          .filter(result -> each.containsKey(result.each()))
          .forEach(result -> flat.put(result.all(), each.get(result.each())));
    }
    return flat;
  }

  private static Optional<Range> flat(Op op) {
    return op instanceof Elementwise elementwise ? elementwise.flat() : Optional.empty();
  }

  /** {@code flat("h", -1, 1)}. */
  private static CodeBlock flat(Var var, Range range) {
    return CodeBlock.of("flat($S, $L, $L)", var.name(), end(range.low()), end(range.high()));
  }

  private static CodeBlock end(double value) {
    return Double.isInfinite(value)
        ? CodeBlock.of("$T.POSITIVE_INFINITY", Double.class)
        : CodeBlock.of("$L", Constant.text(value));
  }
}
