package dev.peephole.kernel;

import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Var;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Which values have a buffer, and which are another one under a new name, or one time step of a
 * sequence.
 */
public final class Buffers {
  private final Consumer<Var> made;
  private final BiConsumer<Var, Var> shown;
  private final Map<Var, Var> of = new HashMap<>();
  private final Set<Var> timed = new HashSet<>();

  /**
   * @param made is told of each value that is computed and no other one, perhaps again
   * @param shown is told of each value that is in the buffer of another one
   */
  public Buffers(Consumer<Var> made, BiConsumer<Var, Var> shown) {
    this.made = made;
    this.shown = shown;
  }

  /** Adds what a kernel computes. */
  public void add(Kernel kernel) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence(recurrence);
    } else if (kernel instanceof Kernel.Alias alias) {
      alias(alias.out(), alias.of());
    } else {
      make(kernel.results());
    }
  }

  private void recurrence(Kernel.Recurrence recurrence) {
    make(recurrence.results());
    Recurrence scan = recurrence.parts();
    scan.all().forEach(result -> element(result.each(), result.all()));
    scan.sequences().forEach(input -> element(input.formal(), input.given()));
    scan.constants().forEach(input -> alias(input.formal(), input.given()));
    make(recurrence.before());
    recurrence.body().forEach(this::add);
  }

  private void make(List<Var> values) {
    values.stream().filter(v -> !of.containsKey(v)).forEach(made);
  }

  /** A value that is another one under a new name. */
  private void alias(Var var, Var other) {
    of.put(var, of(other));
    if (timed.contains(other)) {
      timed.add(var);
    }
    shown.accept(var, other);
  }

  /** A value of one time step, an element of a sequence. */
  private void element(Var var, Var sequence) {
    alias(var, sequence);
    timed.add(var);
  }

  /** The value whose buffer holds this one; itself, if it has one. */
  public Var of(Var var) {
    return of.getOrDefault(var, var);
  }

  /** Whether it is one time step of a buffer that holds all of them. */
  public boolean isTimed(Var var) {
    return timed.contains(var);
  }
}
