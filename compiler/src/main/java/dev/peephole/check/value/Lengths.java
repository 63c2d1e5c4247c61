package dev.peephole.check.value;

import dev.peephole.op.Elementwise;
import java.util.List;
import java.util.Optional;

/** Computes with the lengths of sequences as far as the result still says which place it is. */
final class Lengths {
  private Lengths() {}

  /** {@code T - 1}, {@code 2 * T}: a length again; nothing if it is not. */
  static Optional<Value> elementwise(Elementwise op, List<Value> inputs) {
    if (inputs.size() != 2) {
      return Optional.empty();
    }
    Value left = inputs.get(0);
    Value right = inputs.get(1);
    if (left instanceof Value.Number && (op == Elementwise.ADD || op == Elementwise.MULTIPLY)) {
      return elementwise(op, List.of(right, left));
    }
    if (!(left instanceof Value.Length length)
        || !(right instanceof Value.Number number)
        || !number.integer()) {
      return Optional.empty();
    }
    int n = (int) number.value();
    if (op == Elementwise.ADD) {
      return Optional.of(new Value.Length(length.times(), length.plus() + n));
    } else if (op == Elementwise.SUBTRACT) {
      return Optional.of(new Value.Length(length.times(), length.plus() - n));
    } else if (op == Elementwise.MULTIPLY && n > 0) {
      return Optional.of(new Value.Length(length.times() * n, length.plus() * n));
    }
    return Optional.empty();
  }
}
