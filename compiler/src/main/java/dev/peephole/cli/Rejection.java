package dev.peephole.cli;

import dev.peephole.diagnostic.Diagnostic;
import java.util.List;

/** Ends a command because of errors in the model, which are still to be printed. */
final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> errors;

  Rejection(List<Diagnostic> errors) {
    super("the model has errors", null, false, false);
    this.errors = List.copyOf(errors);
  }

  List<Diagnostic> errors() {
    return errors;
  }
}
