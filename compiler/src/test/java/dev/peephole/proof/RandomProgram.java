package dev.peephole.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a random model file: layers and functions of the library and of the file itself, along
 * leading axes and with shared weights, arithmetic with broadcasting, selections, slices, shapes,
 * products, reductions and labels. Same seed, same text.
 */
public final class RandomProgram {
  private static final int LABELS = 4;
  private static final String LIBRARY =
      """
      const deep = true

      function soften(x, by = 0.5) = x / (1 + by * abs(x))

      function centred(x: [n]) {
        middle = mean(x)
        return x - middle
      }

      /// A layer around another.
      layer block(x: [n], units: int, twice: bool = false) {
        param scale: [units] = uniform(low: 0.5, high: 1.5)
        param shift: [units] = 0 when twice
        inner = dense(x, units, init: normal(deviation: 0.5))
        return tanh(inner * scale + (if twice then shift else 0))
      }

      layer weighted(x: [n]) {
        param P: [n] = normal
        return x * P
      }

      /// A form of second degree, and a term that is the same for all examples.
      layer quadratic(x: [n]) {
        param Q: [n, n] = glorot_normal
        return soften(sum(x * (Q @ x)) + 0.1 * sum(transpose(Q) @ Q))
      }

      """;

  /** A value that equations may use; only what depends on an input may be an output. */
  private record Value(String name, List<Integer> shape) {
    int rank() {
      return shape.size();
    }

    int last() {
      return shape.get(rank() - 1);
    }
  }

  private final Random random;
  private final List<Value> values = new ArrayList<>();
  private final Set<Value> used = new HashSet<>();
  private final Map<Integer, String> shared = new LinkedHashMap<>();
  private final StringBuilder body = new StringBuilder();
  private final List<Supplier<Optional<String>>> equations =
      List.of(
          this::dense,
          this::block,
          this::sharedLayer,
          this::activation,
          this::activation,
          this::alongLastAxis,
          this::arithmetic,
          this::arithmetic,
          this::ofOne,
          this::selection,
          this::slice,
          this::position,
          this::reshaped,
          this::concatenated,
          this::transposed,
          this::acrossDiagonal,
          this::product,
          this::product,
          this::reduction,
          this::reduction,
          this::quadratic,
          this::recurrent,
          this::picked,
          this::stopped);

  private List<Integer> made = List.of();
  private int count;

  private RandomProgram(long seed) {
    random = new Random(seed);
  }

  /** The text for a seed. */
  public static String text(long seed) {
    return new RandomProgram(seed).write();
  }

  private String write() {
    StringBuilder inputs = new StringBuilder();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      Value input = new Value("x" + (i + 1), shape(i == 0 ? 1 : random.nextInt(4)));
      inputs.append("  input  %s: %s\n".formatted(input.name, input.shape));
      values.add(input);
    }
    add("h", "weighted(x1)", values.get(0).shape);
    int steps = 5 + random.nextInt(8);
    while (count < steps) {
      equations.get(random.nextInt(equations.size())).get().ifPresent(e -> add(e, made));
    }
    List<Value> open = values.stream().filter(v -> !used.contains(v)).toList();
    Value output = open.get(open.size() - 1);
    String target = "  target y: %s\n  target label: class(%s)\n".formatted(output.shape, LABELS);
    String loss =
        open.stream()
            .filter(v -> v != output)
            .map(v -> " + 0.5 * mean(soften(%s) ^ 2)".formatted(v.name))
            .collect(Collectors.joining());
    return LIBRARY
        + "network Random {\n"
        + inputs
        + target
        + body
        + "  output %s\n".formatted(output.name)
        + "  loss huber(%s, y)%s\n}\n".formatted(output.name, loss);
  }

  private void add(String right, List<Integer> shape) {
    add("v" + ++count, right, shape);
  }

  private void add(String name, String right, List<Integer> shape) {
    body.append("  %s = %s\n".formatted(name, right));
    values.add(new Value(name, List.copyOf(shape)));
  }

  // Each of the following gives the right side of an equation and leaves its shape in `made`, or
  // gives nothing if no value suits it.

  private Optional<String> dense() {
    return any(1).map(v -> unitsOf(v, "%s |> dense(%s)"));
  }

  private Optional<String> block() {
    String call = random.nextBoolean() ? "block(%s, %s)" : "block(%s, %s, twice: true)";
    return any(1).map(v -> unitsOf(v, call));
  }

  private String unitsOf(Value v, String call) {
    int units = 1 + random.nextInt(4);
    made = withLast(v.shape, units);
    return call.formatted(v.name, units);
  }

  /** A layer that is made once for each length and applied as often as it comes. */
  private Optional<String> sharedLayer() {
    return any(1)
        .map(
            v -> {
              String name =
                  shared.computeIfAbsent(
                      v.last(),
                      n -> {
                        body.append("  shared%s = dense(units: 3)\n".formatted(n));
                        return "shared" + n;
                      });
              made = withLast(v.shape, 3);
              return "tanh(%s(%s))".formatted(name, v.name);
            });
  }

  private Optional<String> activation() {
    return like(
        "relu(%s)",
        "leaky_relu(%s)",
        "leaky_relu(%s, slope: 0.2)",
        "prelu(%s)",
        "elu(%s)",
        "elu(%s, alpha: 1.5)",
        "softplus(%s)",
        "swish(%s)",
        "gelu(%s)",
        "sigmoid(%s)",
        "%s |> tanh",
        "%s |> soften(0.25)");
  }

  private Optional<String> ofOne() {
    return like(
        "2 * %s - 0.5",
        "-%s",
        "soften(%s ^ 2)",
        "soften(%s ^ 3, by: 1)",
        "exp(tanh(%s))",
        "sin(%s) + cos(%1$s)",
        "log(2 + sin(%s))",
        "log1p(abs(%s))",
        "sqrt(1 + %s ^ 2)",
        "1 / (1 + exp(-%s))",
        "2 ^ tanh(%s)",
        "erf(%s) * 0.5",
        "where(%s > 0.5, sqrt(%1$s), %1$s)",
        "where(%s > 0.5, tanh(log(%1$s)), sin(%1$s))",
        "if deep then tanh(%s) else %1$s");
  }

  private Optional<String> like(String... forms) {
    return any(0)
        .map(
            v -> {
              made = v.shape;
              return forms[random.nextInt(forms.length)].formatted(v.name);
            });
  }

  private Optional<String> alongLastAxis() {
    String[] forms = {"softmax(%s)", "log_softmax(%s)", "centred(%s)", "weighted(%s)"};
    return any(1)
        .map(
            v -> {
              made = v.shape;
              return forms[random.nextInt(forms.length)].formatted(v.name);
            });
  }

  private Optional<String> arithmetic() {
    String[] forms = {
      "%s + %s", "%s - %s", "%s * %s", "max(%s, %s)", "min(%s, %s)", "%s / (1.5 + abs(%s))"
    };
    Value a = anyValue();
    return suffixOf(a)
        .map(
            b -> {
              use(a);
              made = a.shape;
              boolean swap = random.nextBoolean();
              String form = forms[random.nextInt(forms.length)];
              return swap ? form.formatted(b.name, a.name) : form.formatted(a.name, b.name);
            });
  }

  private Optional<String> selection() {
    String[] conditions = {
      "%s < %s",
      "%s <= %s",
      "%s > %s",
      "%s >= %s",
      "-1 < %s < %s",
      "not %s <= %s",
      "%1$s > %2$s or %2$s > 0.5 and not %1$s < -1",
      "%1$s > 0 and training or %1$s > %2$s"
    };
    Value a = anyValue();
    return suffixOf(a)
        .map(
            b -> {
              use(a);
              made = a.shape;
              String condition =
                  conditions[random.nextInt(conditions.length)].formatted(a.name, b.name);
              return "where(%s, %s, 0.5 * %s)".formatted(condition, b.name, a.name);
            });
  }

  private Optional<String> slice() {
    return among(v -> v.rank() > 0 && v.last() > 1)
        .map(
            v -> {
              int from = random.nextInt(v.last() - 1);
              int to = from + 1 + random.nextInt(v.last() - from);
              made = withLast(v.shape, to - from);
              String range =
                  from == 0 ? ".." + to : to == v.last() ? from + ".." : from + ".." + to;
              return v.name + "[" + "..,".repeat(v.rank() - 1) + range + "]";
            });
  }

  private Optional<String> position() {
    return any(1)
        .map(
            v -> {
              int axis = random.nextInt(v.rank());
              List<Integer> shape = new ArrayList<>(v.shape);
              int place = random.nextInt(shape.remove(axis));
              made = shape;
              return v.name + "[" + "..,".repeat(axis) + place + "]";
            });
  }

  private Optional<String> reshaped() {
    return any(1)
        .map(
            v -> {
              int size = v.shape.stream().reduce(1, (a, b) -> a * b);
              int rows = size % 2 == 0 ? 2 : 1;
              made = random.nextBoolean() ? List.of(size) : List.of(rows, size / rows);
              return made.size() == 1
                  ? "flatten(" + v.name + ")"
                  : "reshape(%s, %s)".formatted(v.name, made);
            });
  }

  private Optional<String> concatenated() {
    Value a = anyValue();
    return among(v -> a.rank() > 0 && v.rank() == a.rank() && outer(v).equals(outer(a)))
        .map(
            b -> {
              use(a);
              made = withLast(a.shape, a.last() + b.last());
              return "concat(%s, %s)".formatted(a.name, b.name);
            });
  }

  private Optional<String> transposed() {
    return any(2)
        .map(
            v -> {
              List<Integer> reversed = new ArrayList<>(v.shape);
              Collections.reverse(reversed);
              made = reversed;
              return "transpose(%s)".formatted(v.name);
            });
  }

  /** Numbers together with those on the other side of the diagonal. */
  private Optional<String> acrossDiagonal() {
    return among(v -> v.rank() == 2 && v.shape.get(0).equals(v.shape.get(1)))
        .map(
            v -> {
              made = v.shape;
              return "tanh(%s) - soften(%1$s) * transpose(tanh(%1$s))".formatted(v.name);
            });
  }

  /** A product of two values that are computed, or of one with the transpose of another. */
  private Optional<String> product() {
    Value a = anyValue();
    return among(
            b ->
                a.rank() > 0
                    && b.rank() > 0
                    && b.rank() < 3
                    && b.shape.get(Math.max(0, b.rank() - 2)).equals(a.last()))
        .map(
            b -> {
              use(a);
              List<Integer> shape = new ArrayList<>(outer(a));
              if (b.rank() == 2) {
                shape.add(b.last());
              }
              made = shape;
              return "soften(%s @ %s)".formatted(a.name, b.name);
            });
  }

  private Optional<String> reduction() {
    return any(1)
        .map(
            v -> {
              String[] all = {"sum(%s)", "max(%s)", "mean(%s)"};
              if (random.nextInt(3) == 0) {
                made = List.of();
                return all[random.nextInt(all.length)].formatted(v.name);
              }
              int axis = random.nextInt(v.rank());
              List<Integer> shape = new ArrayList<>(v.shape);
              shape.remove(axis);
              made = shape;
              boolean fromEnd = random.nextBoolean();
              return "sum(%s, %s)".formatted(v.name, fromEnd ? axis - v.rank() : axis);
            });
  }

  private Optional<String> quadratic() {
    return any(1)
        .map(
            v -> {
              made = outer(v);
              return "quadratic(%s)".formatted(v.name);
            });
  }

  /** A cell along the last axis but one. */
  private Optional<String> recurrent() {
    String[] cells = {
      "rnn(%s, %s)",
      "rnn(%s, %s, direction: backward)",
      "lstm(%s, %s)",
      "lstm(%s, %s, peepholes: true)",
      "gru(%s, %s)"
    };
    return any(2).map(v -> unitsOf(v, cells[random.nextInt(cells.length)]));
  }

  private Optional<String> picked() {
    return among(v -> v.rank() == 1)
        .map(
            v -> {
              made = List.of();
              return random.nextBoolean()
                  ? "cross_entropy(dense(%s, %s), label)".formatted(v.name, LABELS)
                  : "sum(dense(%s, %s) * one_hot(label))".formatted(v.name, LABELS);
            });
  }

  private Optional<String> stopped() {
    return like("%s + stop_gradient(%1$s * 2)");
  }

  private Value anyValue() {
    return values.get(random.nextInt(values.size()));
  }

  private void use(Value value) {
    used.add(value);
  }

  /** A value of so many axes at least. */
  private Optional<Value> any(int rank) {
    return among(v -> v.rank() >= rank);
  }

  /** A value whose shape the other's ends with. */
  private Optional<Value> suffixOf(Value a) {
    return among(
        v ->
            v.rank() <= a.rank() && a.shape.subList(a.rank() - v.rank(), a.rank()).equals(v.shape));
  }

  private Optional<Value> among(Predicate<Value> suits) {
    List<Value> candidates = values.stream().filter(suits).toList();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Value chosen = candidates.get(random.nextInt(candidates.size()));
    use(chosen);
    return Optional.of(chosen);
  }

  private static List<Integer> outer(Value v) {
    return v.shape.subList(0, v.rank() - 1);
  }

  private static List<Integer> withLast(List<Integer> shape, int length) {
    List<Integer> changed = new ArrayList<>(shape);
    changed.set(changed.size() - 1, length);
    return changed;
  }

  private List<Integer> shape(int rank) {
    return IntStream.range(0, rank).mapToObj(i -> 2 + random.nextInt(3)).toList();
  }
}
