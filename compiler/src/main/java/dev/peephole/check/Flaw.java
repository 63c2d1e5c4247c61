package dev.peephole.check;

import dev.peephole.diagnostic.Diagnostic;

/** Ends the check of one statement with an error to report. */
final class Flaw extends RuntimeException {
  private final transient Diagnostic diagnostic;

  Flaw(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
