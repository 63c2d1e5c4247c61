package dev.peephole.check.value;

import dev.peephole.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * Ends the check of one statement with an error to report, or with one that is reported already.
 */
public final class CheckException extends RuntimeException {
  private final transient Optional<Diagnostic> diagnostic;

  public CheckException(Diagnostic diagnostic) {
    super(diagnostic.message(), null, false, false);
    this.diagnostic = Optional.of(diagnostic);
  }

  private CheckException() {
    super("reported already", null, false, false);
    this.diagnostic = Optional.empty();
  }

  /** What becomes of an expression whose error is reported already. */
  public static CheckException reported() {
    return new CheckException();
  }

  /** The error, unless it is reported already. */
  public Optional<Diagnostic> diagnostic() {
    return diagnostic;
  }
}
