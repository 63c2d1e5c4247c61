package dev.peephole.emit;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Printed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the values of a network live: in arrays, or single numbers in variables. */
public abstract class Layout implements Places {
  private final Identifiers identifiers;
  private final Buffers buffers = new Buffers(this::computed, this::shown);
  private final Set<Var> arrays = new HashSet<>();
  private final Map<Var, Origin> origins = new HashMap<>();

  protected Layout(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  /** Makes room for a value that a kernel computes, unless there is some already. */
  protected abstract void computed(Var var);

  private void shown(Var var, Var in) {
    identifiers.share(var, identifiers.of(in));
  }

  /** From here on the value is in an array. */
  protected final void array(Var var) {
    arrays.add(var);
  }

  /** An array that other code declares. */
  public final void given(Var var, String name) {
    identifiers.share(var, name);
    array(var);
  }

  /** Makes room for what a kernel computes. */
  public final void results(Kernel kernel) {
    buffers.add(kernel);
    note(kernel);
  }

  private void note(Kernel kernel) {
    kernel.results().forEach(v -> origins.put(v, kernel.origin()));
    kernel.captions().forEach(c -> c.of().ifPresent(v -> origins.put(v, c.origin())));
    if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence.body().forEach(this::note);
      recurrence.states().forEach(state -> origins.put(state.before(), state.origin()));
    }
  }

  /** From here on a state that examples begin with comes from where the sequence of it does. */
  public final void carries(Program.Carried carried) {
    origins.put(carried.state(), origins.getOrDefault(carried.sequence(), Origin.NOWHERE));
  }

  /** From here on what a layer keeps comes from where its equation does. */
  public final void keeps(Program.Kept kept) {
    origins.put(kept.before(), origins.getOrDefault(kept.after(), Origin.NOWHERE));
  }

  /**
   * What makes the last state of a batch the first of the next one, or what a layer made of a state
   * the state.
   */
  public final Printed.Mark carry(Var state) {
    Origin origin = origins.getOrDefault(state, Origin.NOWHERE);
    return new Printed.Mark(Printed.Kind.CARRY, List.of(state), origin);
  }

  /** What declares a value's buffer, and where its equation comes from if it has one. */
  public final Printed.Mark declaration(Var var) {
    Origin origin = origins.getOrDefault(var, Origin.NOWHERE);
    return new Printed.Mark(Printed.Kind.DECLARATION, List.of(var), origin);
  }

  @Override
  public final boolean isTimed(Var var) {
    return buffers.isTimed(var);
  }

  @Override
  public final String variable(Var var) {
    return identifiers.of(var);
  }

  @Override
  public final boolean isArray(Var var) {
    return arrays.contains(buffers.of(var));
  }
}
