package dev.peephole.pass.verify;

import dev.peephole.ir.Program;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Box;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.pass.buffer.BufferSize;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels.Network;
import dev.peephole.pass.verify.Accesses.Access;
import dev.peephole.pass.verify.Accesses.Refused;
import dev.peephole.pass.verify.Memory.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes sure that kernels compute what they seem to, by running them without numbers: in each
 * buffer is noted which value it holds. The pipeline does so after each step that makes kernels.
 *
 * <ul>
 *   <li>What is read has been written before, all of it, and nothing else over it since.
 *   <li>A place is written once, and lies in its value.
 *   <li>What writes over what it reads is a loop, and does so where it stands.
 *   <li>A recurrence goes on from the states of the step before, and each step writes its results.
 *   <li>What a phase reads is computed in it or in those that run before it, be there predictions
 *       between the loss and the gradients or not.
 * </ul>
 */
public final class VerifyKernels {
  private static final List<List<Phase>> RUNS =
      List.of(
          List.of(Phase.FORWARD, Phase.OUTPUTS),
          List.of(Phase.FORWARD, Phase.LOSS, Phase.BACKWARD),
          List.of(Phase.FORWARD, Phase.LOSS, Phase.FORWARD, Phase.OUTPUTS, Phase.BACKWARD));

  private final String stage;
  private final Network network;
  private final Buffers buffers = new Buffers(var -> {}, (var, in) -> {});
  private final Map<Phase, Run> phases = new EnumMap<>(Phase.class);
  private Phase phase = Phase.FORWARD;
  private Memory memory;

  /** Kernels ready to run. */
  private interface Run {
    /**
     * @param step the time step; {@link Place#ALL} outside of recurrences
     */
    void at(int step);
  }

  /** A value that a kernel reads or writes, and the one whose buffer it is in. */
  private record Use(Access access, Var value, boolean timed) {
    Place at(int step) {
      return new Place(value, timed ? step : Place.ALL);
    }
  }

  private VerifyKernels(Network network, String stage) {
    this.network = network;
    this.stage = stage;
    this.memory = new Memory(network.shared());
  }

  /**
   * @param stage what ran before
   * @throws IllegalStateException if a kernel breaks a rule; it names both, and the buffer
   */
  public static void verify(Network network, String stage) {
    VerifyKernels verify = new VerifyKernels(network, stage);
    network.phases().forEach(verify::prepare);
    RUNS.forEach(verify::run);
  }

  private void prepare(Phase when, List<Kernel> kernels) {
    phase = when;
    List<Run> runs = kernels.stream().map(kernel -> run(kernel, Optional.empty())).toList();
    phases.put(when, step -> runs.forEach(run -> run.at(step)));
  }

  private void run(List<Phase> order) {
    Program program = network.program();
    memory = new Memory(network.shared());
    program.step().inputs().forEach(memory::give);
    for (int i = 0; i < order.size(); i++) {
      phase = order.get(i);
      if (order.subList(0, i).contains(phase)) {
        network.phases().get(phase).forEach(kernel -> kernel.results().forEach(this::forget));
      }
      phases.get(phase).at(Place.ALL);
      if (phase == Phase.LOSS) {
        requireLeft();
        requireThere(List.of(program.loss()));
      }
    }
    requireThere(program.carriedSequences());
    requireThere(order.contains(Phase.OUTPUTS) ? program.outputs() : List.of());
    requireThere(order.contains(Phase.BACKWARD) ? program.gradients() : List.of());
  }

  /** Forgets a value, unless it is another one under a new name. */
  private void forget(Var value) {
    if (buffers.of(value) == value) {
      memory.forget(value);
    }
  }

  /** What the training loop reads. */
  private void requireThere(List<Var> results) {
    for (Var result : results) {
      try {
        read(result);
      } catch (Refused e) {
        throw refused("the training loop", e);
      }
    }
  }

  /** Values of which something is left when the loss has been computed. */
  private void requireLeft() {
    for (Phase each : List.of(Phase.FORWARD, Phase.LOSS)) {
      for (Kernel kernel : network.phases().get(each)) {
        List<Var> left = new ArrayList<>(kernel.results());
        left.removeIf(out -> network.overwritten().contains(buffers.of(out)));
        checked(kernel, () -> left.forEach(this::read));
      }
    }
  }

  private void read(Var value) {
    memory.read(new Place(buffers.of(value), Place.ALL), Box.whole(value.shape()));
  }

  private void checked(Kernel kernel, Runnable check) {
    checked(
        kernel,
        () -> {
          check.run();
          return kernel;
        });
  }

  private <T> T checked(Kernel kernel, Supplier<T> check) {
    try {
      return check.get();
    } catch (Refused e) {
      String place = kernel.origin().place();
      String name = kernel.results().isEmpty() ? "a loop" : kernel.results().get(0).name();
      throw refused(name + (place.isEmpty() ? "" : " (" + place + ")"), e);
    }
  }

  private IllegalStateException refused(String who, Refused rule) {
    String when = phase.name().toLowerCase(Locale.ROOT);
    return new IllegalStateException(
        "after %s: in %s, %s %s".formatted(stage, when, who, rule.getMessage()));
  }

  private Run run(Kernel kernel, Optional<Kernel.Recurrence> around) {
    if (around.isEmpty()) {
      buffers.add(kernel);
    }
    return checked(kernel, () -> prepared(kernel, around));
  }

  private Run prepared(Kernel kernel, Optional<Kernel.Recurrence> around) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      if (around.isPresent()) {
        throw new Refused("is a recurrence within one");
      }
      return recurrence(recurrence);
    } else if (kernel instanceof Kernel.Alias alias) {
      requireSameSize(alias);
      return step -> {};
    }
    return single(kernel, around);
  }

  private static void requireSameSize(Kernel.Alias alias) {
    if (!BufferSize.of(alias.out()).equals(BufferSize.of(alias.of()))) {
      throw new Refused("is " + alias.of() + " under another shape, that of " + alias.out());
    }
  }

  private Run single(Kernel kernel, Optional<Kernel.Recurrence> around) {
    Accesses accesses = new Accesses(kernel, around.map(r -> r.scan().length()));
    List<Use> reads = accesses.reads().stream().map(this::use).toList();
    List<Use> writes = accesses.writes().stream().map(this::use).toList();
    for (Use write : writes) {
      reads.forEach(read -> requireOwnPlace(kernel instanceof Kernel.Loop, read, write));
    }
    Set<Var> stepped = around.map(this::stepped).orElse(Set.of());
    return step ->
        checked(
            kernel,
            () -> {
              for (Use read : reads) {
                if (!read.access.own()) {
                  memory.read(read.at(step), read.access.box());
                }
              }
              writes.forEach(write -> memory.write(write.at(step), write.access.box(), stepped));
            });
  }

  private Use use(Access access) {
    return new Use(access, buffers.of(access.var()), buffers.isTimed(access.var()));
  }

  /** What is read is written over only by its own loop, at its own place, and not read later. */
  private void requireOwnPlace(boolean loop, Use read, Use write) {
    boolean over = memory.buffer(read.value).equals(memory.buffer(write.value));
    Access to = write.access;
    Access from = read.access;
    boolean own =
        loop
            && from.statement() <= to.statement()
            && from.at().equals(to.at())
            && from.var().shape().equals(to.var().shape())
            && read.timed == write.timed;
    boolean alone = read.value == write.value && loop;
    if (over && !own && !alone) {
      throw new Refused(
          "writes %s over %s in the buffer of %s while it reads that elsewhere"
              .formatted(to.var().name(), from.var().name(), memory.buffer(read.value).name()));
    }
  }

  /** The values that a recurrence goes through one time step at a time. */
  private Set<Var> stepped(Kernel.Recurrence recurrence) {
    Scan scan = recurrence.scan();
    Set<Var> values = new HashSet<>();
    scan.elements().forEach(element -> values.add(buffers.of(element)));
    recurrence.equation().outs().forEach(out -> values.add(buffers.of(out)));
    return values;
  }

  private Run recurrence(Kernel.Recurrence recurrence) {
    Scan scan = recurrence.scan();
    List<Run> body = recurrence.body().stream().map(k -> run(k, Optional.of(recurrence))).toList();
    Set<Var> ofOneStep = new HashSet<>(scan.before());
    recurrence.body().forEach(kernel -> ofOneStep.addAll(kernel.results()));
    ofOneStep.removeIf(buffers::isTimed);
    List<Run> carries = new ArrayList<>();
    for (int k = 0; k < scan.carried(); k++) {
      carries.add(carry(recurrence, k));
    }
    return nowhere -> {
      for (int i = 0; i < Memory.STEPS; i++) {
        int step = scan.reversed() ? Memory.STEPS - 1 - i : i;
        ofOneStep.forEach(this::forget);
        checked(recurrence, () -> carries.forEach(carry -> carry.at(step)));
        body.forEach(run -> run.at(step));
        checked(recurrence, () -> requireResults(recurrence, step));
      }
      ofOneStep.forEach(this::forget);
    };
  }

  /** A state of the step before, or what it begins with, becomes that before this step. */
  private Run carry(Kernel.Recurrence recurrence, int k) {
    Scan scan = recurrence.scan();
    Var before = scan.before().get(k);
    Var states = recurrence.equation().outs().get(k);
    Set<Var> stepped = stepped(recurrence);
    List<Scalar.Load> first = Loads.of(recurrence.first().get(k));
    Scalar.Load whole = new Scalar.Load(before, Kernel.positions(before.shape()));
    for (Scalar.Load load : first) {
      boolean all = recurrence.first().get(k).equals(load) && load.at().equals(whole.at());
      if (!all || !load.var().shape().equals(before.shape())) {
        throw new Refused("begins with a part of " + load.var() + " and not with all of it");
      }
    }
    if (memory.buffer(buffers.of(before)) == memory.buffer(buffers.of(states))
        && buffers.of(before) != buffers.of(states)) {
      throw new Refused("writes " + before.name() + " over " + states.name() + " of other steps");
    }
    Box box = Box.whole(before.shape());
    Place everywhere = new Place(buffers.of(before), Place.ALL);
    return step -> {
      int last = step + (scan.reversed() ? 1 : -1);
      boolean begins = last < 0 || last == Memory.STEPS;
      if (begins || scan.piece() != 0) {
        first.forEach(load -> memory.read(new Place(buffers.of(load.var()), Place.ALL), box));
      }
      if (!begins) {
        memory.read(new Place(buffers.of(states), last), box);
      }
      Place to = buffers.isTimed(before) ? new Place(buffers.of(before), step) : everywhere;
      memory.write(to, box, stepped);
    };
  }

  /** Each step writes its own element of each sequence. */
  private void requireResults(Kernel.Recurrence recurrence, int step) {
    for (Var out : recurrence.equation().outs()) {
      Shape element = out.shape().last(out.shape().rank() - 1);
      memory.read(new Place(buffers.of(out), step), Box.whole(element));
    }
  }
}
