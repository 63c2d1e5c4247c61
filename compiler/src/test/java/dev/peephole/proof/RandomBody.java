package dev.peephole.proof;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The body of a random network under way: its statements, and the values that there are. */
final class RandomBody {
  final Random random;
  private final List<Value> values = new ArrayList<>();
  private final Set<Value> used = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  RandomBody(long seed) {
    random = new Random(seed);
  }

  /** A value that equations may use; only what depends on an input may be an output. */
  record Value(String name, List<Integer> shape) {
    Value {
      shape = List.copyOf(shape);
    }

    int rank() {
      return shape.size();
    }

    int last() {
      return shape.get(rank() - 1);
    }

    /** Its shape but for the last axis. */
    List<Integer> outer() {
      return shape.subList(0, rank() - 1);
    }

    /** Its shape with another last axis. */
    List<Integer> withLast(int length) {
      List<Integer> changed = new ArrayList<>(shape);
      changed.set(rank() - 1, length);
      return changed;
    }
  }

  /** The right side of an equation, and the shape of its value. */
  record Right(String text, List<Integer> shape) {}

  /** Adds a value that no statement computes. */
  void given(Value value) {
    values.add(value);
  }

  void equation(String name, Right right) {
    statement(name + " = " + right.text());
    values.add(new Value(name, right.shape()));
  }

  void statement(String statement) {
    text.append("  ").append(statement).append('\n');
  }

  String text() {
    return text.toString();
  }

  Value anyValue() {
    return values.get(random.nextInt(values.size()));
  }

  void use(Value value) {
    used.add(value);
  }

  /** The values that nothing uses. */
  List<Value> unused() {
    return values.stream().filter(v -> !used.contains(v)).toList();
  }

  /** A value of so many axes at least. */
  Optional<Value> any(int rank) {
    return among(v -> v.rank() >= rank);
  }

  /** A value whose shape the other's ends with. */
  Optional<Value> suffixOf(Value a) {
    return among(
        v ->
            v.rank() <= a.rank()
                && a.shape().subList(a.rank() - v.rank(), a.rank()).equals(v.shape()));
  }

  Optional<Value> among(Predicate<Value> suits) {
    List<Value> candidates = values.stream().filter(suits).toList();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Value chosen = candidates.get(random.nextInt(candidates.size()));
    use(chosen);
    return Optional.of(chosen);
  }

  List<Integer> shape(int rank) {
    return IntStream.range(0, rank).mapToObj(i -> 2 + random.nextInt(3)).toList();
  }
}
