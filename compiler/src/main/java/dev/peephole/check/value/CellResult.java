package dev.peephole.check.value;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Var;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Ident;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be read from the result of a cell besides the result itself.
 *
 * @param cell the cell
 * @param states the sequences of its states by their names, time first
 * @param absent the conditions of the states that it does not have here
 * @param time the place of the time axis in the result
 */
public record CellResult(
    Callable cell, Map<String, Var> states, Map<String, String> absent, int time) {

  /** The sequence of a state, along the same axes as the result. */
  public Optional<Value> state(String name, Value.Tensor result, Arithmetic arithmetic) {
    return Optional.ofNullable(states.get(name))
        .map(
            timeFirst -> {
              Var sequence = arithmetic.moved(timeFirst, 0, time);
              return new Value.Tensor(sequence, sequence.shape().rank() - result.hidden().rank());
            });
  }

  /** That it has no state of this name. */
  public Diagnostic hasNo(Ident name) {
    Diagnostic error =
        Diagnostic.error(
            Code.NAME, name.span(), "'" + cell.name() + "' has no state '" + name + "'");
    if (absent.containsKey(name.name())) {
      return error.note("it is there only when " + absent.get(name.name()));
    }
    List<String> names = List.copyOf(states.keySet());
    Diagnostic listed =
        error.note(names.isEmpty() ? "it has none" : "it has " + String.join(", ", names));
    return Nearest.to(name.name(), names)
        .map(n -> listed.hint("did you mean " + n + "?"))
        .orElse(listed);
  }
}
