package dev.peephole.cli;

import dev.peephole.diagnostic.Diagnostic;
import java.util.List;

/**
 * Ends a command because of errors in the model, or of warnings that count as such, which are still
 * to be printed.
 */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> diagnostics;

  Rejection(List<Diagnostic> diagnostics) {
    super("the model has errors", null, false, false);
    this.diagnostics = List.copyOf(diagnostics);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
