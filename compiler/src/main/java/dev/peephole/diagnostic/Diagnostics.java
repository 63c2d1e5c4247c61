package dev.peephole.diagnostic;

import java.util.ArrayList;
import java.util.List;

/** Collects the errors and warnings of a run, in the order found and each only once. */
public final class Diagnostics {
  private final List<Diagnostic> found = new ArrayList<>();

  public void report(Diagnostic diagnostic) {
    if (!found.contains(diagnostic)) {
      found.add(diagnostic);
    }
  }

  /** Whether there is an error among them. */
  public boolean hasErrors() {
    return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  public List<Diagnostic> errors() {
    return of(Severity.ERROR);
  }

  public List<Diagnostic> warnings() {
    return of(Severity.WARNING);
  }

  private List<Diagnostic> of(Severity severity) {
    return found.stream().filter(d -> d.severity() == severity).toList();
  }
}
