package dev.peephole.proof;

import dev.peephole.proof.RandomBody.Right;
import dev.peephole.proof.RandomBody.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Random equations that apply layers, cells and losses. */
final class RandomLayers {
  /** How many classes the network's label has. */
  static final int LABELS = 4;

  private final RandomBody body;
  private final Map<Integer, String> shared = new LinkedHashMap<>();

  RandomLayers(RandomBody body) {
    this.body = body;
  }

  Optional<Right> dense() {
    return body.any(1).map(v -> unitsOf(v, "%s |> dense(%s)"));
  }

  Optional<Right> block() {
    String call = body.random.nextBoolean() ? "block(%s, %s)" : "block(%s, %s, twice: true)";
    return body.any(1).map(v -> unitsOf(v, call));
  }

  private Right unitsOf(Value v, String call) {
    int units = 1 + body.random.nextInt(4);
    return new Right(call.formatted(v.name(), units), v.withLast(units));
  }

  /** A layer that is made once for each length and applied as often as it comes. */
  Optional<Right> sharedLayer() {
    return body.any(1)
        .map(
            v -> {
              String name =
                  shared.computeIfAbsent(
                      v.last(),
                      n -> {
                        body.statement("shared%s = dense(units: 3)".formatted(n));
                        return "shared" + n;
                      });
              return new Right("tanh(%s(%s))".formatted(name, v.name()), v.withLast(3));
            });
  }

  Optional<Right> quadratic() {
    return body.any(1).map(v -> new Right("quadratic(%s)".formatted(v.name()), v.outer()));
  }

  /** A cell along the last axis but one. */
  Optional<Right> recurrent() {
    String[] cells = {
      "rnn(%s, %s)",
      "rnn(%s, %s, direction: backward)",
      "lstm(%s, %s)",
      "lstm(%s, %s, peepholes: true)",
      "gru(%s, %s)"
    };
    return body.any(2).map(v -> unitsOf(v, cells[body.random.nextInt(cells.length)]));
  }

  Optional<Right> picked() {
    return body.among(v -> v.rank() == 1)
        .map(
            v ->
                new Right(
                    body.random.nextBoolean()
                        ? "cross_entropy(dense(%s, %s), label)".formatted(v.name(), LABELS)
                        : "sum(dense(%s, %s) * one_hot(label))".formatted(v.name(), LABELS),
                    List.of()));
  }
}
