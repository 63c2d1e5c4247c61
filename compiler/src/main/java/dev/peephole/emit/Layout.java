package dev.peephole.emit;

import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import java.util.HashSet;
import java.util.Set;

/** Where the values of a network live: in arrays, or single numbers in variables. */
public abstract class Layout implements Places {
  private final Identifiers identifiers;
  private final Buffers buffers = new Buffers(this::computed, this::shown);
  private final Set<Var> arrays = new HashSet<>();

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
