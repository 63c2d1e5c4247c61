package dev.peephole.check;

import dev.peephole.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * Ends the check of one statement with an error to report, or with one that is reported already.
 */
final class Flaw extends RuntimeException {
  private final transient Optional<Diagnostic> diagnostic;

  Flaw(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = Optional.of(diagnostic);
  }

  private Flaw() {
    super("reported already", null, false, false);
    this.diagnostic = Optional.empty();
  }

  /** What becomes of an expression whose error is reported already. */
  static Flaw reported() {
    return new Flaw();
  }

  /** The error, unless it is reported already. */
  Optional<Diagnostic> diagnostic() {
    return diagnostic;
  }
}
