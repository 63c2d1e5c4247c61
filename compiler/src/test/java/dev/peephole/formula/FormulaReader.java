package dev.peephole.formula;

import dev.peephole.ir.Axes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Reads the right side of a printed formula as its readers do, and computes what it says, from
 * nothing but its text and the values that it names.
 */
final class FormulaReader {
  private final String text;
  private final Map<String, Numbers> values;
  private final int batch;
  private final int steps;
  private final FormulaFunctions functions;
  private final Map<String, Integer> places;
  private int at;

  /**
   * @param values what each name stands for
   * @param batch the number of examples
   * @param steps how long open axes are
   */
  FormulaReader(String text, Map<String, Numbers> values, int batch, int steps) {
    this(text, values, batch, steps, Map.of());
  }

  /**
   * @param places the letters of a formula in index notation, with how many places each has
   */
  FormulaReader(
      String text, Map<String, Numbers> values, int batch, int steps, Map<String, Integer> places) {
    this.places = places;
    this.text = text;
    this.values = values;
    this.batch = batch;
    this.steps = steps;
    this.functions = new FormulaFunctions(batch, steps);
  }

  /** What the formula comes to. */
  Numbers value() {
    Numbers value = selection();
    if (at < text.length()) {
      throw problem("nothing more is expected");
    }
    return present(value.resolved());
  }

  /** In index notation a term is 0 where a value has no such place. */
  private Numbers present(Numbers value) {
    return isIndexed() ? Numbers.zip(x -> Double.isNaN(x[0]) ? 0 : x[0], value) : value;
  }

  private boolean isIndexed() {
    return !places.isEmpty();
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
    boolean strict = isIndexed();
    return Numbers.zip(
        x -> strict && Double.isNaN(x[0] + x[1]) ? Double.NaN : x[0] != 0 ? x[1] : x[2],
        test,
        then,
        otherwise);
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
        boolean strict = isIndexed();
        return Numbers.zip(
            x -> strict && Double.isNaN(x[0] + x[1]) ? Double.NaN : holds(sign, x[0], x[1]) ? 1 : 0,
            left,
            right);
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
    skipLimits();
    expect(" ");
    Numbers body = present(product().resolved());
    return body.reduce(over, over.stream().map(this::length).toList(), 0, Double::sum);
  }

  /** How many places letters have, which {@link PlaceText} has read. */
  private void skipLimits() {
    if (found("{")) {
      at = text.indexOf('}', at) + 1;
    } else if (found(" for ")) {
      at = text.indexOf(')', at);
    }
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
        boolean number = isIndexed() || left.axes().isEmpty() || right.axes().isEmpty();
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
    if (isIndexed() && !inside.contains("..")) {
      at = end + 1;
      return at(value, List.of(inside.split(", ")));
    }
    int axis = 0;
    while (found(".., ")) {
      axis++;
    }
    Numbers result = place(value, axis, text.substring(at, end));
    at = end + 1;
    return result;
  }

  /** A value's numbers at places, which stand for what is missing if there are none. */
  private Numbers at(Numbers value, List<String> where) {
    List<String> letters =
        places.keySet().stream()
            .filter(letter -> where.stream().anyMatch(w -> PlaceText.letters(w).contains(letter)))
            .toList();
    List<Integer> lengths = letters.stream().map(places::get).toList();
    List<ToDoubleFunction<int[]>> functions =
        where.stream().map(place -> PlaceText.at(place, letters)).toList();
    return Numbers.filled(
        letters,
        lengths,
        at -> {
          int[] own = new int[where.size()];
          for (int i = 0; i < own.length; i++) {
            double place = functions.get(i).applyAsDouble(at);
            if (place != Math.rint(place) || place < 0 || place >= value.lengths().get(i)) {
              return Double.NaN;
            }
            own[i] = (int) place;
          }
          return value.at(own);
        });
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
      String[] ends = what.substring(range + 2).split(" step ");
      int step = ends.length == 1 ? 1 : Integer.parseInt(ends[1]);
      return value.places(axis, from, Integer.parseInt(ends[0]), step);
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
      skipLimits();
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
    while (found("; ") || found(", ")) {
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
    if (text.startsWith("{", at)) {
      skipLimits();
    }
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
      if (functions.takesShape(name)) {
        int end = text.indexOf(')', at);
        how = text.substring(at, end);
        at = end;
      } else {
        arguments.add(selection());
      }
    }
    skipLimits();
    expect(")");
    if (!functions.has(name)) {
      throw problem("no function is called '" + name + "'");
    }
    return functions.call(name, over, arguments, how);
  }
}
