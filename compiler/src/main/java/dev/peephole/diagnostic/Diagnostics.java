package dev.peephole.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** Collects the errors of a run, in the order found and each only once. */
public final class Diagnostics {
  private final List<Diagnostic> errors = new ArrayList<>();

  public void report(Diagnostic error) {
    if (!errors.contains(error)) {
      errors.add(error);
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<Diagnostic> errors() {
    return List.copyOf(errors);
  }
}
