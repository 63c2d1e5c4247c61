package dev.peephole.pass.verify;

import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Box;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.pass.buffer.BufferSize;
import dev.peephole.pass.verify.Accesses.Refused;
import dev.peephole.pass.verify.Memory.Place;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs kernels without numbers: a {@link Memory} notes which value each buffer holds. Three time
 * steps stand for all of a recurrence.
 */
final class DryRun {
  private final Map<Kernel, Accesses> accesses;
  private final Map<Kernel, Uses> uses = new IdentityHashMap<>();
  private final Map<Kernel, Steps> steps = new IdentityHashMap<>();
  private final Buffers buffers = new Buffers(var -> {}, (var, in) -> {});
  private final Map<Var, Var> shared;
  private Memory memory;

  /**
   * What a recurrence goes through.
   *
   * @param length how many time steps it has
   * @param sequences the values that it goes through one time step at a time
   * @param ofOneStep those that each time step has anew
   */
  private record Steps(Optional<Integer> length, Set<Var> sequences, Set<Var> ofOneStep) {
    static final Steps NONE = new Steps(Optional.empty(), Set.of(), Set.of());
  }

  /** A rule that a kernel breaks. */
  static final class Broken extends RuntimeException {
    Broken(String who, Refused rule) {
      super(who + " " + rule.getMessage());
    }

    private static String name(Kernel kernel) {
      String place = kernel.origin().place();
      String name = kernel.results().isEmpty() ? "a loop" : kernel.results().get(0).name();
      return name + (place.isEmpty() ? "" : " (" + place + ")");
    }
  }

  /**
   * @param shared the values that are in the buffers of others, with those others
   * @param accesses of the kernels that are known already, by identity; others are added
   */
  DryRun(Map<Var, Var> shared, Map<Kernel, Accesses> accesses) {
    this.shared = shared;
    this.accesses = accesses;
    this.memory = new Memory(shared);
  }

  /** Begins anew, with nothing but these values there. */
  void begin(List<Var> given) {
    memory = new Memory(shared);
    given.forEach(memory::give);
  }

  /** Makes kernels known, in the order in which they first run. */
  void add(List<Kernel> kernels) {
    kernels.forEach(buffers::add);
  }

  /**
   * Runs kernels.
   *
   * @throws Broken if one breaks a rule
   */
  void run(List<Kernel> kernels) {
    for (Kernel kernel : kernels) {
      if (kernel instanceof Kernel.Recurrence recurrence) {
        recurrence(recurrence);
      } else {
        run(kernel, Steps.NONE, Place.ALL);
      }
    }
  }

  /** Forgets what kernels compute, which is to be computed anew. */
  void forget(List<Kernel> kernels) {
    kernels.forEach(kernel -> kernel.results().forEach(this::forget));
  }

  /** Forgets a value, unless it is another one under a new name. */
  private void forget(Var value) {
    if (buffers.of(value) == value) {
      memory.forget(value);
    }
  }

  /** Makes sure that all of a value is there. */
  void read(Var value) {
    memory.read(new Place(buffers.of(value), Place.ALL), Box.whole(value.shape()));
  }

  /** Makes sure that all that is left of what kernels computed is there. */
  void readResults(List<Kernel> kernels, Set<Var> overwritten) {
    for (Kernel kernel : kernels) {
      checked(
          kernel,
          () ->
              kernel.results().stream()
                  .filter(out -> !overwritten.contains(buffers.of(out)))
                  .forEach(this::read));
    }
  }

  private static void checked(Kernel kernel, Runnable check) {
    try {
      check.run();
    } catch (Refused rule) {
      throw new Broken(Broken.name(kernel), rule);
    }
  }

  private void run(Kernel kernel, Steps around, int step) {
    checked(
        kernel,
        () -> {
          Uses its = uses.computeIfAbsent(kernel, k -> uses(k, around));
          for (Uses.Use read : its.reads()) {
            if (!read.access().own()) {
              memory.read(read.at(step), read.access().box());
            }
          }
          for (Uses.Use write : its.writes()) {
            memory.write(write.at(step), write.access().box(), around.sequences);
          }
        });
  }

  private Uses uses(Kernel kernel, Steps around) {
    if (kernel instanceof Kernel.Recurrence) {
      throw new Refused("is a recurrence within one");
    } else if (kernel instanceof Kernel.Alias alias) {
      requireSameSize(alias);
      return Uses.NONE;
    }
    Accesses known = accesses.computeIfAbsent(kernel, k -> new Accesses(k, around.length));
    return Uses.of(kernel, known, buffers, shared);
  }

  private static void requireSameSize(Kernel.Alias alias) {
    if (!BufferSize.of(alias.out()).equals(BufferSize.of(alias.of()))) {
      throw new Refused("is " + alias.of() + " under another shape, that of " + alias.out());
    }
  }

  private void recurrence(Kernel.Recurrence recurrence) {
    Steps its = steps.computeIfAbsent(recurrence, r -> steps(recurrence));
    for (int i = 0; i < Memory.STEPS; i++) {
      int step = recurrence.parts().reversed() ? Memory.STEPS - 1 - i : i;
      its.ofOneStep.forEach(this::forget);
      checked(recurrence, () -> carry(recurrence, its, step));
      recurrence.body().forEach(kernel -> run(kernel, its, step));
      checked(recurrence, () -> readResults(recurrence, step));
    }
    its.ofOneStep.forEach(this::forget);
  }

  private Steps steps(Kernel.Recurrence recurrence) {
    checked(recurrence, () -> recurrence.states().forEach(this::requireWhole));
    Set<Var> sequences = new HashSet<>();
    recurrence.parts().sequences().forEach(input -> sequences.add(buffers.of(input.formal())));
    recurrence.results().forEach(out -> sequences.add(buffers.of(out)));
    Set<Var> ofOneStep = new HashSet<>(recurrence.before());
    recurrence.body().forEach(kernel -> ofOneStep.addAll(kernel.results()));
    ofOneStep.removeIf(buffers::isTimed);
    return new Steps(Optional.of(recurrence.parts().length()), sequences, ofOneStep);
  }

  /** A state begins with a whole value, and has a place of its own. */
  private void requireWhole(Kernel.State state) {
    Var before = state.before();
    Var states = state.all();
    for (Scalar.Load load : Loads.of(state.first())) {
      boolean all =
          state.first().equals(load) && load.at().equals(Kernel.positions(before.shape()));
      if (!all || !load.var().shape().equals(before.shape())) {
        throw new Refused("begins with a part of " + load.var() + " and not with all of it");
      }
    }
    if (memory.buffer(buffers.of(before)) == memory.buffer(buffers.of(states))
        && buffers.of(before) != buffers.of(states)) {
      throw new Refused("writes " + before.name() + " over " + states.name() + " of other steps");
    }
  }

  /** The states of the step before, or what they begin with, become those before this step. */
  private void carry(Kernel.Recurrence recurrence, Steps its, int step) {
    int last = step + (recurrence.parts().reversed() ? 1 : -1);
    boolean begins = last < 0 || last == Memory.STEPS;
    for (Kernel.State state : recurrence.states()) {
      Var before = state.before();
      Box box = Box.whole(before.shape());
      if (begins || recurrence.parts().piece() != 0) {
        Loads.of(state.first())
            .forEach(load -> memory.read(new Place(buffers.of(load.var()), Place.ALL), box));
      }
      if (!begins) {
        memory.read(new Place(buffers.of(state.all()), last), box);
      }
      Place to = new Place(buffers.of(before), buffers.isTimed(before) ? step : Place.ALL);
      memory.write(to, box, its.sequences);
    }
  }

  /** Each step writes its own element of each sequence. */
  private void readResults(Kernel.Recurrence recurrence, int step) {
    for (Var out : recurrence.results()) {
      Shape element = out.shape().last(out.shape().rank() - 1);
      memory.read(new Place(buffers.of(out), step), Box.whole(element));
    }
  }
}
