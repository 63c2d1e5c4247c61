package dev.peephole.emit;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the values of a network live: each in an array of its own, but for those that are another
 * one under a new name, or one time step of a sequence.
 */
public abstract class Layout implements ScalarCode.Places {
  private final Identifiers identifiers;
  private final Set<Var> arrays = new HashSet<>();
  private final Set<Var> timed = new HashSet<>();

  protected Layout(Identifiers identifiers) {
    this.identifiers = identifiers;
  }

  /** Makes room for a value that a kernel computes, unless there is some already. */
  protected abstract void computed(Var var);

  /** From here on the value is in an array. */
  protected final void array(Var var) {
    arrays.add(var);
  }

  /** An array that other code declares. */
  public final void given(Var var, String name) {
    identifiers.share(var, name);
    array(var);
  }

  /** A value that is another one under a new name. */
  private void alias(Var var, Var of) {
    identifiers.share(var, identifiers.of(of));
    if (isArray(of)) {
      array(var);
    }
    if (timed.contains(of)) {
      timed.add(var);
    }
  }

  /** A value of one time step, an element of a sequence. */
  private void element(Var var, Var sequence) {
    alias(var, sequence);
    timed.add(var);
  }

  /** Makes room for all that a recurrence computes. */
  private void recurrence(Kernel.Recurrence recurrence) {
    Scan scan = recurrence.scan();
    Equation e = recurrence.equation();
    e.outs().forEach(this::computed);
    for (int o = 0; o < e.outs().size(); o++) {
      element(scan.step().outputs().get(o), e.outs().get(o));
    }
    for (int i = scan.carried(); i < e.inputs().size(); i++) {
      if (scan.isSequence(i)) {
        element(scan.step().inputs().get(i), e.input(i));
      } else {
        alias(scan.step().inputs().get(i), e.input(i));
      }
    }
    scan.before().stream().filter(v -> !timed.contains(v)).forEach(this::computed);
    recurrence.body().forEach(this::results);
  }

  /** Makes room for what a kernel computes. */
  public final void results(Kernel kernel) {
    if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence(recurrence);
    } else if (kernel instanceof Kernel.Alias alias) {
      alias(alias.out(), alias.of());
    } else {
      kernel.results().stream().filter(v -> !timed.contains(v)).forEach(this::computed);
    }
  }

  @Override
  public final boolean isTimed(Var var) {
    return timed.contains(var);
  }

  @Override
  public final String variable(Var var) {
    return identifiers.of(var);
  }

  @Override
  public final boolean isArray(Var var) {
    return arrays.contains(var);
  }
}
