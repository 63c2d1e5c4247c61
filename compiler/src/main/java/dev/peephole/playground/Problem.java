package dev.peephole.playground;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.DiagnosticJson;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.train.divergence.DivergenceException;
import java.util.List;
import java.util.Map;

/**
 * Something to be told on the page: the same event that {@code nnc} prints with {@code --json}.
 *
 * @param json one JSON object
 * @param error whether the model cannot be used; else it is a warning
 */
record Problem(String json, boolean error) {

  static List<Problem> of(List<Diagnostic> diagnostics, boolean errors) {
    return diagnostics.stream().map(d -> new Problem(DiagnosticJson.of(d), errors)).toList();
  }

  static Problem of(DataException problem) {
    return new Problem(Json.object(problem.event()), true);
  }

  static Problem of(DivergenceException divergence) {
    return new Problem(Json.object(divergence.event()), true);
  }

  /** What has no place in the model. */
  static Problem of(String message, String hint) {
    return new Problem(
        Json.object(Map.of("event", "error", "message", message, "hint", hint)), true);
  }

  /** All of them as a JSON array. */
  static String array(List<Problem> problems) {
    return "[" + String.join(",", problems.stream().map(Problem::json).toList()) + "]";
  }
}
