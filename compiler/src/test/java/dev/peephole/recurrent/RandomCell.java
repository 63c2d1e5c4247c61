package dev.peephole.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Writes a network with a cell out of random equations: one to three states, the first a vector and
 * the others vectors, scalars or matrices, and a result that all of them have a part in.
 */
public final class RandomCell {
  private static final List<String> FUNCTIONS =
      List.of("tanh(%s)", "sigmoid(%s)", "sin(%s)", "softplus(%s)", "sqrt(1 + %s ^ 2)", "(-%s)");
  private static final List<String> OPERATORS =
      List.of("(%s + %s)", "(%s - %s)", "(%s * %s)", "(%s / (2 + sin(%s)))");
  private static final List<String> REDUCTIONS = List.of("sum(%s)", "mean(%s)", "sum(%s ^ 2)");

  private final Random random;
  private final boolean open;
  private final List<Value> values = new ArrayList<>();
  private final List<String> declarations = new ArrayList<>();
  private final List<String> equations = new ArrayList<>();
  private int params;

  /** Something that has a name, such as {@code prev a}. */
  private record Value(String name, List<Integer> shape) {}

  private RandomCell(long seed) {
    this.open = seed % 2 == 1;
    this.random = new Random(seed);
  }

  /** The model file for a seed. */
  public static String text(long seed) {
    return new RandomCell(seed).write();
  }

  private String write() {
    List<Integer> x = List.of(1 + random.nextInt(3));
    values.add(new Value("x", x));
    List<Value> states = states();
    states.forEach(state -> values.add(new Value("prev " + state.name, state.shape)));
    for (Value state : states) {
      if (random.nextBoolean()) {
        Value between = new Value("z_" + state.name, shape());
        equations.add(between.name + " = " + expression(between.shape, 2));
        values.add(between);
      }
      String decay = random.nextBoolean() ? "0.5 * prev " + state.name + " + " : "";
      equations.add("%s = %stanh(%s)".formatted(state.name, decay, expression(state.shape, 3)));
      values.add(state);
    }
    String result =
        values.stream()
            .skip(1)
            .filter(v -> !v.name.startsWith("prev"))
            .map(v -> v.name.equals("a") ? v.name : "mean(" + v.name + ")")
            .collect(Collectors.joining(" + "));
    String over = random.nextInt(3) == 0 ? "2, " : "";
    return """
    cell made(x: [%s]) {
      %s

      %s
      return %s
    }

    network Random {
      input x: [%s%s, %s]
      output p = dense(made(x%s), 2)
      loss mean((p - 0.3) ^ 2)
    }
    """
        .formatted(
            x.get(0),
            String.join("\n  ", declarations),
            String.join("\n  ", equations),
            result,
            over,
            steps(),
            x.get(0),
            random.nextInt(3) == 0 ? ", direction: backward" : "");
  }

  /** How many time steps there are; in every other cell each sequence has its own number. */
  private String steps() {
    int steps = 1 + random.nextInt(4);
    return open ? "*" : String.valueOf(steps);
  }

  private List<Value> states() {
    List<Value> states = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int k = 0; k < count; k++) {
      String name = String.valueOf((char) ('a' + k));
      states.add(new Value(name, k == 0 ? List.of(2 + random.nextInt(2)) : shape()));
    }
    for (Value state : states) {
      String first =
          switch (random.nextInt(3)) {
            case 0 -> "0";
            case 1 -> number();
            default -> "tanh(" + param(state.shape) + ")";
          };
      declarations.add("state %s: %s = %s".formatted(state.name, state.shape, first));
    }
    return states;
  }

  private List<Integer> shape() {
    return random.ints(random.nextInt(3), 2, 4).boxed().toList();
  }

  private String number() {
    return String.format(Locale.ROOT, "%.2f", 0.1 + random.nextDouble());
  }

  private String param(List<Integer> shape) {
    String name = "w_" + params++;
    declarations.add("param %s: %s = 0.1".formatted(name, shape));
    return name;
  }

  /** An expression of a shape, so many operators deep at most. */
  private String expression(List<Integer> shape, int depth) {
    if (depth == 0) {
      return leaf(shape);
    }
    return switch (random.nextInt(7)) {
      case 0 -> pick(FUNCTIONS).formatted(expression(shape, depth - 1));
      case 1 -> pick(OPERATORS).formatted(expression(shape, depth - 1), part(shape, depth - 1));
      case 2 -> pick(OPERATORS).formatted(part(shape, depth - 1), expression(shape, depth - 1));
      case 3 ->
          "where(sum(x) < %s, %s, %s)"
              .formatted(number(), expression(shape, depth - 1), expression(shape, depth - 1));
      case 4, 5 -> shape.isEmpty() ? reduction(depth) : product(shape, depth);
      default -> leaf(shape);
    };
  }

  /** An expression of a shape or of one that it ends with. */
  private String part(List<Integer> shape, int depth) {
    return expression(shape.subList(random.nextInt(shape.size() + 1), shape.size()), depth);
  }

  private String reduction(int depth) {
    return random.nextBoolean()
        ? pick(REDUCTIONS).formatted(pick(values).name)
        : pick(REDUCTIONS).formatted(expression(shape(), depth - 1));
  }

  /** A vector or a matrix times a matrix. */
  private String product(List<Integer> shape, int depth) {
    int inner = 1 + random.nextInt(3);
    List<Integer> left = new ArrayList<>(shape.subList(0, shape.size() - 1));
    left.add(inner);
    List<Integer> right = List.of(inner, shape.get(shape.size() - 1));
    return "(%s @ %s)".formatted(expression(left, depth - 1), expression(right, depth - 1));
  }

  /** A value of the shape, or one that a matrix makes into it. */
  private String leaf(List<Integer> shape) {
    List<Value> same = values.stream().filter(v -> v.shape.equals(shape)).toList();
    if (!same.isEmpty() && random.nextInt(5) > 0) {
      return pick(same).name;
    }
    List<Value> vectors = values.stream().filter(v -> v.shape.size() == 1).toList();
    if (shape.size() == 1 && random.nextInt(3) > 0) {
      Value vector = pick(vectors);
      return "(%s @ %s)".formatted(vector.name, param(List.of(vector.shape.get(0), shape.get(0))));
    }
    return param(shape);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
