package dev.peephole.formula;

import dev.peephole.ir.Axes;
import dev.peephole.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Reads the right side of a printed formula as its readers do, and computes what it says, from
 * nothing but its text and the values that it names.
 */
final class FormulaReader {
  private static final Map<String, ToDoubleFunction<double[]>> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", x -> Math.exp(x[0])),
          Map.entry("log", x -> Math.log(x[0])),
          Map.entry("log1p", x -> Math.log1p(x[0])),
          Map.entry("tanh", x -> Math.tanh(x[0])),
          Map.entry("σ", x -> 1 / (1 + Math.exp(-x[0]))),
          Map.entry("softplus", x -> Math.log1p(Math.exp(-Math.abs(x[0]))) + Math.max(x[0], 0)),
          Map.entry("erf", x -> erf(x[0])),
          Map.entry("sin", x -> Math.sin(x[0])),
          Map.entry("cos", x -> Math.cos(x[0])),
          Map.entry("sign", x -> Math.signum(x[0])),
          Map.entry("round", x -> Math.rint(x[0])),
          Map.entry("max", x -> Math.max(x[0], x[1])),
          Map.entry("min", x -> Math.min(x[0], x[1])));

  private final String text;
  private final Map<String, Numbers> values;
  private final int batch;
  private final int steps;
  private int at;

  /**
   * @param values what each name stands for
   * @param batch the number of examples
   * @param steps how long open axes are
   */
  FormulaReader(String text, Map<String, Numbers> values, int batch, int steps) {
    this.text = text;
    this.values = values;
    this.batch = batch;
    this.steps = steps;
  }

  /** What the formula comes to. */
  Numbers value() {
    Numbers value = selection();
    if (at < text.length()) {
      throw problem("nothing more is expected");
    }
    return value.resolved();
  }

  /** The error function by its series (Abramowitz & Stegun, 1964, 7.1.5). */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private IllegalStateException problem(String message) {
    return new IllegalStateException(
        message + " behind '" + text.substring(0, at) + "' in '" + text + "'");
  }

  private boolean found(String sign) {
    if (text.startsWith(sign, at)) {
      at += sign.length();
      return true;
    }
    return false;
  }

  private void expect(String sign) {
    if (!found(sign)) {
      throw problem("'" + sign + "' is expected");
    }
  }

  private Numbers selection() {
    Numbers then = disjunction();
    if (!found(" if ")) {
      return then;
    }
    Numbers test = disjunction();
    expect(" else ");
    Numbers otherwise = disjunction();
    return Numbers.zip(x -> x[0] != 0 ? x[1] : x[2], test, then, otherwise);
  }

  private Numbers disjunction() {
    Numbers left = conjunction();
    while (found(" ∨ ")) {
      left = Numbers.zip(x -> x[0] != 0 || x[1] != 0 ? 1 : 0, left, conjunction());
    }
    return left;
  }

  private Numbers conjunction() {
    Numbers left = negation();
    while (found(" ∧ ")) {
      left = Numbers.zip(x -> x[0] != 0 && x[1] != 0 ? 1 : 0, left, negation());
    }
    return left;
  }

  private Numbers negation() {
    return found("¬") ? Numbers.zip(x -> x[0] != 0 ? 0 : 1, negation()) : comparison();
  }

  private Numbers comparison() {
    Numbers left = sum();
    for (String sign : List.of("<", "≤", ">", "≥", "=", "≠")) {
      if (found(" " + sign + " ")) {
        Numbers right = sum();
        return Numbers.zip(x -> holds(sign, x[0], x[1]) ? 1 : 0, left, right);
      }
    }
    return left;
  }

  private static boolean holds(String sign, double a, double b) {
    return switch (sign) {
      case "<" -> a < b;
      case "≤" -> a <= b;
      case ">" -> a > b;
      case "≥" -> a >= b;
      case "=" -> a == b;
      default -> a != b;
    };
  }

  private Numbers sum() {
    Numbers left = overAxes();
    while (true) {
      if (found(" + ")) {
        left = Numbers.zip(x -> x[0] + x[1], left, overAxes());
      } else if (found(" − ")) {
        left = Numbers.zip(x -> x[0] - x[1], left, overAxes());
      } else {
        return left;
      }
    }
  }

  /** Σ takes in all factors to its right. */
  private Numbers overAxes() {
    if (!found("Σ")) {
      return product();
    }
    List<String> over = subscripts();
    expect(" ");
    Numbers body = product().resolved();
    return body.reduce(over, over.stream().map(this::length).toList(), 0, Double::sum);
  }

  private int length(String axis) {
    return axis.equals(Axes.BATCH) ? batch : Axes.isOther(axis) ? 1 : steps;
  }

  private List<String> subscripts() {
    List<String> letters = new ArrayList<>();
    while (at < text.length() && !Axes.letter(text.charAt(at)).isEmpty()) {
      letters.add(Axes.letter(text.charAt(at)));
      at++;
    }
    return letters;
  }

  private Numbers product() {
    Numbers left = signed();
    while (true) {
      if (found(" ⊙ ")) {
        left = Numbers.zip(x -> x[0] * x[1], left, signed());
      } else if (found(" / ")) {
        left = Numbers.zip(x -> x[0] / x[1], left, signed());
      } else if (found(" ·")) {
        List<String> each = subscripts();
        expect(" ");
        Numbers right = signed();
        boolean number = left.axes().isEmpty() || right.axes().isEmpty();
        left =
            number
                ? Numbers.zip(x -> x[0] * x[1], left, right)
                : Numbers.product(left, right, each);
      } else {
        return left;
      }
    }
  }

  private Numbers signed() {
    return found("−") ? Numbers.zip(x -> -x[0], signed()) : power();
  }

  private Numbers power() {
    Numbers base = found("√") ? Numbers.zip(x -> Math.sqrt(x[0]), primary()) : primary();
    while (found("²")) {
      base = Numbers.zip(x -> x[0] * x[0], base);
    }
    return found("^") ? Numbers.zip(x -> Math.pow(x[0], x[1]), base, power()) : base;
  }

  private Numbers primary() {
    Numbers value = atom();
    while (at < text.length()) {
      if (found("ᵀ")) {
        value = value.transpose();
      } else if (found("[")) {
        value = indexed(value.resolved());
      } else if (!Axes.letter(text.charAt(at)).isEmpty()) {
        value = value.resolved().along(subscripts());
      } else {
        break;
      }
    }
    return value;
  }

  private Numbers indexed(Numbers value) {
    int end = closing();
    String inside = text.substring(at, end);
    if (inside.contains(" → ")) {
      at = end + 1;
      return reordered(value, inside.split(" → "));
    }
    int axis = 0;
    while (found(".., ")) {
      axis++;
    }
    Numbers result = place(value, axis, text.substring(at, end));
    at = end + 1;
    return result;
  }

  private int closing() {
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' || c == '(' ? 1 : 0;
      if (depth == 0 && c == ']') {
        return i;
      }
      depth -= c == ']' || c == ')' ? 1 : 0;
    }
    throw problem("']' is expected");
  }

  private static Numbers reordered(Numbers value, String[] sides) {
    List<String> before = List.of(sides[0].split(", "));
    List<Integer> order = new ArrayList<>();
    for (String letter : sides[1].split(", ")) {
      order.add(before.indexOf(letter));
    }
    for (int i = order.size(); i < value.axes().size(); i++) {
      order.add(i);
    }
    List<String> letters = new ArrayList<>(List.of(sides[1].split(", ")));
    letters.addAll(value.axes().subList(letters.size(), value.axes().size()));
    return value.reordered(order, letters);
  }

  private Numbers place(Numbers value, int axis, String what) {
    int range = what.indexOf("..");
    if (range >= 0) {
      int from = Integer.parseInt(what.substring(0, range));
      return value.places(axis, from, Integer.parseInt(what.substring(range + 2)));
    } else if (what.startsWith("T − ")) {
      int from = value.lengths().get(axis) - Integer.parseInt(what.substring(4));
      return value.places(axis, from, from + 1);
    } else if (what.chars().allMatch(Character::isDigit)) {
      int from = Integer.parseInt(what);
      return value.places(axis, from, from + 1);
    }
    return value.pick(axis, new FormulaReader(what, values, batch, steps).value());
  }

  private Numbers atom() {
    if (found("(")) {
      Numbers inside = selection();
      expect(")");
      return inside;
    } else if (found("|")) {
      Numbers inside = selection();
      expect("|");
      return Numbers.zip(x -> Math.abs(x[0]), inside);
    } else if (found("[")) {
      return sideBySide();
    } else if (found("∞")) {
      return Numbers.scalar(Double.POSITIVE_INFINITY);
    } else if (at < text.length() && Character.isDigit(text.charAt(at))) {
      return number();
    }
    return named();
  }

  private Numbers number() {
    int start = at;
    while (at < text.length() && isOfNumber(start)) {
      at++;
    }
    return Numbers.scalar(Double.parseDouble(text.substring(start, at)));
  }

  private boolean isOfNumber(int start) {
    char c = text.charAt(at);
    boolean point = c == '.' && !text.startsWith("..", at);
    boolean sign = c == '-' && at > start && text.charAt(at - 1) == 'E';
    return Character.isDigit(c) || point || sign || c == 'E';
  }

  private Numbers sideBySide() {
    List<Numbers> parts = new ArrayList<>(List.of(selection().resolved()));
    while (found("; ")) {
      parts.add(selection().resolved());
    }
    expect("]");
    List<String> axes = Axes.union(parts.stream().map(Numbers::axes).toList());
    int before = at;
    List<String> along = subscripts();
    if (along.size() != 1 || axes.size() < 2) {
      at = before;
      along = List.of(axes.get(axes.size() - 1));
    }
    String letter = along.get(0);
    int axis = axes.indexOf(letter);
    List<Integer> lengths = new ArrayList<>();
    axes.forEach(a -> lengths.add(parts.stream().mapToInt(p -> p.length(a)).max().orElse(1)));
    lengths.set(axis, parts.stream().mapToInt(p -> p.length(letter)).sum());
    return Numbers.filled(
        axes,
        lengths,
        place -> {
          int[] own = place.clone();
          int part = 0;
          while (own[axis] >= parts.get(part).length(letter)) {
            own[axis] -= parts.get(part).length(letter);
            part++;
          }
          return parts.get(part).at(axes, own);
        });
  }

  private Numbers named() {
    int start = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    int beforeAxes = at;
    List<String> over = subscripts();
    if (found("(")) {
      return call(name, over);
    }
    at = beforeAxes;
    Numbers value = values.get(name);
    if (value == null) {
      throw problem("no value is called '" + name + "'");
    }
    return value;
  }

  private static boolean isOfName(char c) {
    boolean subscript = !Axes.letter(c).isEmpty();
    return (Character.isLetterOrDigit(c) || c == '_' || c == '′') && !subscript && c != 'ᵀ';
  }

  private Numbers call(String name, List<String> over) {
    if (name.equals("U") || name.equals("N")) {
      at = text.indexOf(')', at) + 1;
      return values.get(name + "(0, 1)");
    }
    List<Numbers> arguments = new ArrayList<>(List.of(selection().resolved()));
    String how = "";
    while (found(", ")) {
      boolean shape = List.of("repeat", "reshape", "pad").contains(name);
      if (shape) {
        int end = text.indexOf(')', at);
        how = text.substring(at, end);
        at = end;
      } else {
        arguments.add(selection());
      }
    }
    expect(")");
    Numbers first = arguments.get(0);
    return switch (name) {
      case "pad" -> pad(first, over.get(0), how);
      case "repeat" -> repeat(first, shape(how));
      case "reshape" -> new Numbers(Axes.of(shape(how)), lengths(shape(how)), first.data());
      case "onehot" -> oneHot(first);
      case "stop_gradient" -> first;
      case "max" ->
          over.isEmpty()
              ? Numbers.zip(FUNCTIONS.get("max"), arguments.toArray(Numbers[]::new))
              : first.reduce(
                  over, over.stream().map(a -> 1).toList(), Double.NEGATIVE_INFINITY, Math::max);
      default -> {
        if (!FUNCTIONS.containsKey(name)) {
          throw problem("no function is called '" + name + "'");
        }
        yield Numbers.zip(FUNCTIONS.get(name), arguments.toArray(Numbers[]::new));
      }
    };
  }

  private static Shape shape(String text) {
    String inside = text.substring(1, text.length() - 1);
    return new Shape(
        inside.isEmpty()
            ? List.of()
            : Arrays.stream(inside.split(", "))
                .map(
                    l ->
                        l.equals("N")
                            ? Shape.BATCH
                            : l.equals("T") ? Shape.OPEN : Integer.parseInt(l))
                .toList());
  }

  private List<Integer> lengths(Shape shape) {
    return shape.forBatch(batch, steps).axes();
  }

  private Numbers repeat(Numbers value, Shape shape) {
    List<String> axes = Axes.of(shape);
    return Numbers.filled(axes, lengths(shape), place -> value.at(axes, place));
  }

  /**
   * Some places of an axis, the others of which are 0; without that axis the value is one place.
   */
  private Numbers pad(Numbers value, String along, String how) {
    String[] words = how.split(" of ");
    int length = words[1].equals("T") ? steps : Integer.parseInt(words[1]);
    boolean last = words[0].startsWith("T − ");
    int from = last ? length - 1 : Integer.parseInt(words[0].split("\\.\\.")[0]);
    List<String> axes = new ArrayList<>(value.axes());
    List<Integer> lengths = new ArrayList<>(value.lengths());
    if (!axes.contains(along)) {
      int place = along.equals("k") ? axes.size() : axes.indexOf(Axes.isOther(along) ? "k" : "n");
      place += Axes.isOther(along) ? 0 : 1;
      axes.add(place, along);
      lengths.add(place, 1);
    }
    int axis = axes.indexOf(along);
    int inner = lengths.get(axis);
    Numbers whole = new Numbers(axes, lengths, value.data());
    List<Integer> padded = new ArrayList<>(lengths);
    padded.set(axis, length);
    return Numbers.filled(
        axes,
        padded,
        place -> {
          int[] own = place.clone();
          own[axis] -= from;
          return own[axis] < 0 || own[axis] >= inner ? 0 : whole.at(own);
        });
  }

  private static Numbers oneHot(Numbers label) {
    List<Integer> lengths = new ArrayList<>(label.lengths());
    lengths.add(label.classes());
    List<Integer> shape = new ArrayList<>();
    int batchAxis = label.axes().indexOf(Axes.BATCH);
    for (int i = 0; i < label.axes().size(); i++) {
      boolean open = i > batchAxis && !Axes.isOther(label.axes().get(i));
      shape.add(i == batchAxis ? Shape.BATCH : open ? Shape.OPEN : 2);
    }
    shape.add(2);
    return Numbers.filled(
        Axes.of(new Shape(shape)),
        lengths,
        place ->
            label.at(Arrays.copyOf(place, place.length - 1)) == place[place.length - 1] ? 1 : 0);
  }
}
