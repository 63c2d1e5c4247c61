package dev.peephole.pass.buffer;

import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets values that are never needed at the same time share a buffer: each goes, the largest first,
 * into the smallest buffer that has room for it and whose other values are not needed while it is.
 *
 * <pre>
 * before   xW = x · W      h = tanh(xW + b)      dz = dh ⊙ (1 − h²)      three buffers
 * after    h is in the buffer of xW, for it writes over what it reads; dz in that of dh
 * </pre>
 *
 * What the training loop reads or writes shares nothing: parameters, gradients, inputs, targets,
 * outputs and carried states. Predictions may come between the loss and the gradients: so what only
 * the outputs need shares with nothing that comes later, and what the gradients need of the loss
 * with nothing that comes before.
 */
public final class ShareBuffers {
  private static final Comparator<BufferSize> SMALLEST_FIRST =
      Comparator.comparingInt(BufferSize::examples)
          .thenComparingInt(BufferSize::steps)
          .thenComparingInt(BufferSize::numbers);

  /** Values of which so many are less than the largest one are left alone. */
  private static final int SMALL = 100;

  private final Lifetimes lifetimes = new Lifetimes();
  private final Map<Var, List<Var>> buffers = new LinkedHashMap<>();
  private int backward;

  private ShareBuffers() {}

  /** The network with what shares a buffer. */
  public static Network run(Network network) {
    return new ShareBuffers().shared(network);
  }

  private Network shared(Network network) {
    count(network.phases());
    List<Var> values = values(network.program());
    values.sort(Comparator.comparing(BufferSize::of, SMALLEST_FIRST.reversed()));
    values.forEach(this::place);
    Map<Var, Var> in = new LinkedHashMap<>();
    Set<Var> overwritten = new HashSet<>();
    buffers.forEach(
        (buffer, users) -> {
          users.subList(1, users.size()).forEach(v -> in.put(v, buffer));
          users.stream().filter(v -> isOverwritten(v, users)).forEach(overwritten::add);
        });
    return network.withShared(in, overwritten);
  }

  private void count(Map<Phase, List<Kernel>> phases) {
    lifetimes.add(phases.get(Phase.FORWARD));
    int outputs = lifetimes.count();
    lifetimes.add(phases.get(Phase.OUTPUTS));
    int loss = lifetimes.count();
    lifetimes.add(phases.get(Phase.LOSS));
    backward = lifetimes.count();
    lifetimes.add(phases.get(Phase.BACKWARD));
    for (Var var : lifetimes.all()) {
      int first = lifetimes.first(var);
      if (first >= outputs && first < loss) {
        lifetimes.need(var, lifetimes.count());
      } else if (first >= loss && first < backward && lifetimes.last(var) >= backward) {
        lifetimes.need(var, 0);
      }
    }
    lifetimes.settle();
  }

  /** The values that may share a buffer. */
  private List<Var> values(Program program) {
    Set<Var> own = new HashSet<>();
    program.step().inputs().forEach(v -> own.add(lifetimes.buffer(v)));
    program.step().outputs().forEach(v -> own.add(lifetimes.buffer(v)));
    List<Var> values = new ArrayList<>(lifetimes.all());
    values.removeIf(v -> own.contains(v) || v.shape().rank() == 0);
    List<BufferSize> sizes = values.stream().map(BufferSize::of).toList();
    values.removeIf(v -> sizes.stream().anyMatch(size -> size.isMore(BufferSize.of(v), SMALL)));
    return values;
  }

  private void place(Var var) {
    BufferSize size = BufferSize.of(var);
    buffers.entrySet().stream()
        .filter(b -> BufferSize.of(b.getKey()).covers(size))
        .filter(b -> b.getValue().stream().allMatch(other -> lifetimes.fit(var, other)))
        .min(Comparator.comparing(b -> BufferSize.of(b.getKey()), SMALLEST_FIRST))
        .map(Map.Entry::getValue)
        .orElseGet(() -> buffers.computeIfAbsent(var, v -> new ArrayList<>()))
        .add(var);
  }

  /** Whether another user of the buffer comes later, and still before the gradients. */
  private boolean isOverwritten(Var var, List<Var> users) {
    return users.stream()
        .mapToInt(lifetimes::first)
        .anyMatch(first -> first > lifetimes.first(var) && first < backward);
  }
}
