package dev.peephole.ir;

import static dev.peephole.ir.Formula.ATOM;
import static dev.peephole.ir.Formula.MATRIX;
import static dev.peephole.ir.Formula.PRODUCT;
import static dev.peephole.ir.Formula.SIGN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An expression in mathematical notation, as it stands above generated code. What it means follows
 * from its text and the shapes of the values that it names; each of its parts has the {@link Axes}
 * that a reader gives it.
 */
public sealed interface Expression {

  /** The letters of the axes of its value. */
  List<String> axes();

  /** How tightly its outermost symbol binds, one of {@link Formula}'s levels. */
  int binding();

  /**
   * The text.
   *
   * @param taken names of values; symbols that look the same get a prime
   */
  String text(Set<String> taken);

  /** The parts that it is made of. */
  List<Expression> parts();

  /** Whether a sum at its end would take in what is written behind it. */
  default boolean isOpenEnded() {
    return false;
  }

  default String text() {
    return text(Set.of());
  }

  /** The text, in brackets if it binds less tightly than {@code atLeast}. */
  default String within(int atLeast, Set<String> taken) {
    return binding() < atLeast ? "(" + text(taken) + ")" : text(taken);
  }

  /** Whether it names a value of this name. */
  default boolean names(String value) {
    return parts().stream().anyMatch(part -> part.names(value));
  }

  /**
   * A value by its name.
   *
   * @param value empty if it is none of the program's
   */
  record Name(String name, List<String> axes, Optional<Var> value) implements Atom {
    public Name(String name, List<String> axes) {
      this(name, axes, Optional.empty());
    }

    @Override
    public String text(Set<String> taken) {
      return name;
    }

    @Override
    public boolean names(String value) {
      return name.equals(value);
    }
  }

  /** The number of examples {@code N}, or the time step {@code t}. */
  record Symbol(String symbol, List<String> axes) implements Atom {
    @Override
    public String text(Set<String> taken) {
      return taken.contains(symbol) ? symbol + "′" : symbol;
    }
  }

  /** A number, or a word of the language. */
  record Literal(String literal, int binding) implements Expression {
    @Override
    public List<String> axes() {
      return List.of();
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }

    @Override
    public String text(Set<String> taken) {
      return literal;
    }
  }

  /** What needs no brackets. */
  sealed interface Atom extends Expression {
    @Override
    default int binding() {
      return ATOM;
    }

    @Override
    default List<Expression> parts() {
      return List.of();
    }
  }

  /** What is meant by a notation, where it is drawn otherwise than in a line, or spoken of. */
  enum Meaning {
    /** A scaled value: {@code {0} · {1}}. */
    SCALED,
    QUOTIENT,
    POWER,
    SQUARE,
    ROOT,
    /** {@code {1} if {0} else {2}}. */
    CHOICE,
    /** Whether a time step is one of an example's own: {@code t < lengths}. */
    OWN_STEP,
    OTHER
  }

  /**
   * Operands in a template, number by number.
   *
   * @param template the text, with {@code {0}}, {@code {1}} … for the operands
   * @param operands how tightly each operand must bind to go without brackets
   */
  record Pointwise(
      Meaning meaning, String template, int binding, List<Integer> operands, List<Expression> parts)
      implements Expression {

    @Override
    public List<String> axes() {
      return Axes.union(parts.stream().map(Expression::axes).toList());
    }

    /** Whether it begins with a number times something. */
    private boolean isScaled() {
      boolean before = binding == PRODUCT && template.startsWith("{0}") && !isBracketed(0);
      return meaning == Meaning.SCALED
          || before && parts.get(0) instanceof Pointwise first && first.isScaled();
    }

    /** The same notation of other operands; a product of numbers has the sign of one. */
    Pointwise of(List<Expression> other) {
      String sign = template.replace(" ⊙ ", " · ");
      return new Pointwise(meaning, sign, binding, operands, other);
    }

    /** Whether it is 0 where an operand is. */
    boolean isZeroWith(int operand) {
      return switch (meaning) {
        case SCALED, SQUARE -> true;
        case QUOTIENT -> operand == 0;
        case CHOICE ->
            operand == 1 && parts.get(2) instanceof Literal zero && zero.literal.equals("0");
        default -> template.equals("{0} ⊙ {1}") || template.equals("−{0}");
      };
    }

    private String placeholder(int operand) {
      return "{" + operand + "}";
    }

    private boolean isLast(int operand) {
      return template.endsWith(placeholder(operand));
    }

    /** Whether an operand is written in brackets. */
    public boolean isBracketed(int operand) {
      Expression part = parts.get(operand);
      String behind = placeholder(operand) + " ";
      boolean product = binding == PRODUCT && operand == 1 && template.startsWith("{0}");
      return part.binding() < operands.get(operand)
          || product && part instanceof Pointwise scaled && scaled.isScaled()
          || part.isOpenEnded() && template.contains(behind);
    }

    @Override
    public boolean isOpenEnded() {
      return Axes.positions(parts).stream()
          .anyMatch(i -> isLast(i) && !isBracketed(i) && parts.get(i).isOpenEnded());
    }

    @Override
    public String text(Set<String> taken) {
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < template.length(); at++) {
        if (template.charAt(at) == '{') {
          int operand = template.charAt(at + 1) - '0';
          String part = parts.get(operand).text(taken);
          text.append(isBracketed(operand) ? "(" + part + ")" : part);
          at += 2;
        } else {
          text.append(template.charAt(at));
        }
      }
      return text.toString();
    }
  }

  /**
   * {@code Σₙₖ body}: a sum over some axes, which takes in all factors to its right.
   *
   * @param single other axes that go away: they have one place, and a sum of one term is the term
   * @param limits how many places axes have of which the body does not say it
   */
  record Sum(List<String> over, List<String> single, Expression body, Map<String, Integer> limits)
      implements Expression {
    public Sum(List<String> over, List<String> single, Expression body) {
      this(over, single, body, Map.of());
    }

    public Sum(List<String> over, Expression body) {
      this(over, List.of(), body);
    }

    @Override
    public List<String> axes() {
      return rest(rest(body.axes(), over), single);
    }

    /** Whether nothing is added up. */
    public boolean isTerm() {
      return over.isEmpty();
    }

    @Override
    public int binding() {
      return isTerm() ? body.binding() : MATRIX;
    }

    @Override
    public boolean isOpenEnded() {
      return !isTerm() || body.isOpenEnded();
    }

    @Override
    public List<Expression> parts() {
      return List.of(body);
    }

    @Override
    public String text(Set<String> taken) {
      return isTerm() ? body.text(taken) : "Σ" + Axes.subscript(over) + " " + summand(taken);
    }

    private String summand(Set<String> taken) {
      return limits.isEmpty()
          ? body.within(PRODUCT, taken)
          : "(" + body.text(taken) + " for " + Expression.text(limits) + ")";
    }
  }

  /** {@code i, j < 2}. */
  static String text(Map<String, Integer> limits) {
    Map<Integer, List<String>> letters = new LinkedHashMap<>();
    limits.forEach((l, n) -> letters.computeIfAbsent(n, same -> new ArrayList<>()).add(l));
    return letters.entrySet().stream()
        .map(e -> String.join(", ", e.getValue()) + " < " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * {@code maxₖ(body)}.
   *
   * @param limits how many places axes have of which the body does not say it
   */
  record Max(List<String> over, Expression body, Map<String, Integer> limits) implements Atom {
    public Max(List<String> over, Expression body) {
      this(over, body, Map.of());
    }

    @Override
    public List<String> axes() {
      return rest(body.axes(), over);
    }

    @Override
    public List<Expression> parts() {
      return List.of(body);
    }

    @Override
    public String text(Set<String> taken) {
      String behind = limits.isEmpty() ? "" : " for " + Expression.text(limits);
      return "max" + Axes.subscript(over) + "(" + body.text(taken) + behind + ")";
    }
  }

  private static List<String> rest(List<String> axes, List<String> over) {
    return axes.stream().filter(axis -> !over.contains(axis)).toList();
  }

  /**
   * {@code x · W}: a product of matrices, whose columns are their last axes, and whose rows are all
   * other axes. Where there is one product for each place of some axes, these stand at the sign.
   */
  record MatrixProduct(
      Expression left,
      boolean leftTransposed,
      Expression right,
      boolean rightTransposed,
      List<String> each,
      List<String> axes)
      implements Expression {

    @Override
    public int binding() {
      return MATRIX;
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }

    @Override
    public String text(Set<String> taken) {
      return side(left, taken)
          + (leftTransposed ? "ᵀ" : "")
          + " ·"
          + Axes.subscript(each)
          + " "
          + side(right, taken)
          + (rightTransposed ? "ᵀ" : "");
    }

    /** A side whose last axes alone have changed places is no transposed matrix of all rows. */
    private static String side(Expression side, Set<String> taken) {
      return isOfRows(side) ? "(" + side.text(taken) + ")" : side.within(ATOM, taken);
    }

    /** Whether the side is written in brackets, because it is transposed in another sense. */
    public static boolean isOfRows(Expression side) {
      return side instanceof Transposed && side.axes().size() > 2;
    }
  }

  /** {@code Wᵀ}: the last two axes change places. */
  record Transposed(Expression of) implements Atom {
    @Override
    public List<String> axes() {
      return of.axes();
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public String text(Set<String> taken) {
      return of.within(ATOM, taken) + "ᵀ";
    }
  }

  /**
   * {@code x[n, t → t, n]}: the first axes in another order, and what they are called then.
   *
   * @param order which axis of {@code of} stands at each place
   */
  record Reordered(Expression of, List<Integer> order, List<String> axes) implements Atom {
    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public String text(Set<String> taken) {
      return of.within(ATOM, taken) + how();
    }

    /** {@code [n, t → t, n]}. */
    public String how() {
      int moved = order.size();
      while (moved > 0 && order.get(moved - 1) == moved - 1) {
        moved--;
      }
      List<String> before = new ArrayList<>(axes);
      Axes.positions(order).forEach(i -> before.set(order.get(i), axes.get(i)));
      return "["
          + String.join(", ", before.subList(0, moved))
          + " → "
          + String.join(", ", axes.subList(0, moved))
          + "]";
    }
  }

  /**
   * {@code x[.., 2..5]}: some places of an axis, {@code x[.., 0..8 step 2]}. A single one, {@code
   * x[.., 2]}, leaves no axis.
   */
  record Places(
      Expression of, int axis, int from, int to, int step, boolean single, List<String> axes)
      implements Atom {
    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public String text(Set<String> taken) {
      return of.within(ATOM, taken) + how();
    }

    /** {@code [.., 2..5]}. */
    public String how() {
      String one = from < 0 ? "T − " + -from : String.valueOf(from);
      String some = from + ".." + to + (step == 1 ? "" : " step " + step);
      return position(axis, single ? one : some);
    }

    @Override
    public Expression whole(Shape shape) {
      boolean range = single && from >= 0 && of.axes().equals(Axes.of(shape));
      return range
          ? new Places(of, axis, from, to, step, false, of.axes())
          : Atom.super.whole(shape);
    }
  }

  /**
   * {@code x[n, 2u + i, j]}: a number by its places, in {@link IndexNotation}.
   *
   * @param places as they are written
   */
  record Indexed(Expression of, List<String> places, List<String> axes) implements Atom {
    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public String text(Set<String> taken) {
      return of.within(ATOM, taken) + places.stream().collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** {@code W[word]}, {@code logits[.., kind]}: the place that another value gives. */
  record At(Expression of, int axis, Expression place) implements Atom {
    @Override
    public List<String> axes() {
      return Axes.replaced(of.axes(), axis, place.axes());
    }

    @Override
    public List<Expression> parts() {
      return List.of(of, place);
    }

    @Override
    public String text(Set<String> taken) {
      return of.within(ATOM, taken) + position(axis, place.text(taken));
    }
  }

  private static String position(int axis, String place) {
    return "[" + ".., ".repeat(axis) + place + "]";
  }

  /** {@code totalₙⱼ}: a value whose axes go by other letters. */
  record Along(Expression of, List<String> axes) implements Atom {
    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public Expression whole(Shape shape) {
      return of instanceof Places && of.whole(shape) instanceof Places range && !range.single
          ? range
          : Atom.super.whole(shape);
    }

    @Override
    public Expression assigned(Shape left) {
      long longer = left.axes().stream().filter(length -> length != 1).count();
      return axes.size() == longer ? of.assigned(left) : this;
    }

    /** Whether the value is written in brackets. */
    public boolean isBracketed() {
      return of.binding() < ATOM || of instanceof SideBySide;
    }

    @Override
    public String text(Set<String> taken) {
      return (isBracketed() ? "(" + of.text(taken) + ")" : of.text(taken)) + Axes.subscript(axes);
    }
  }

  /**
   * {@code [a, b]}: values side by side along the last axis; {@code [a; b]ⱼ} along another one,
   * which is named.
   */
  record SideBySide(List<Expression> parts, String along, List<String> axes) implements Atom {
    @Override
    public String text(Set<String> taken) {
      String between = separator() + " ";
      String all =
          parts.stream().map(p -> p.text(taken)).collect(Collectors.joining(between, "[", "]"));
      return isAlongLast() ? all : all + Axes.subscript(List.of(along));
    }

    /** What stands between two parts: columns are beside, all else is below each other. */
    public String separator() {
      return isAlongLast() ? "," : ";";
    }

    /** Whether the axis goes without saying. */
    public boolean isAlongLast() {
      return axes.indexOf(along) == axes.size() - 1;
    }
  }

  /**
   * {@code onehot(label)}, {@code reshape(x, [N, 6])}, {@code padₜ(x, 2..3 of 5)}.
   *
   * @param over the axes that it is about
   * @param how what stands behind the value, empty if nothing
   * @param places where along its axes the value has the numbers, by the letters of the call; empty
   *     if the function does not only move numbers
   * @param lengths how long axes are that the value does not have
   */
  record Call(
      Called function,
      List<String> over,
      Expression of,
      String how,
      List<String> axes,
      Map<String, Place> places,
      Map<String, Integer> lengths)
      implements Atom {
    public Call(Called function, List<String> over, Expression of, String how, List<String> axes) {
      this(function, over, of, how, axes, Map.of(), Map.of());
    }

    /** Whether numbers are taken by windows, or by rows and columns that pieces have. */
    boolean isMoved() {
      return !places.isEmpty() && function != Called.PAD;
    }

    /** Whether there are places that no number comes to, which are 0. */
    boolean hasGaps() {
      return function == Called.PAD || function == Called.FROM_WINDOWS;
    }

    /** The windows of {@code size} places along an axis. */
    public Call windows(String axis, String within, int size, int stride, int dilation) {
      Place place = Place.of(axis).times(stride).plus(dilation, within);
      return moved(Map.of(axis, place), Map.of(within, size));
    }

    /** Windows of {@code size} places that are put back along an axis. */
    public Call fromWindows(String axis, String within, int size, int stride, int dilation) {
      Place place = Place.of(axis).plus(-dilation, within).over(stride);
      return moved(Map.of(axis, place), Map.of(within, size));
    }

    /** Places of an axis with zeros around and, unless {@code step} is 1, between them. */
    public Call padded(String axis, int from, int step) {
      return moved(Map.of(axis, Place.of(axis).shifted(-from).over(step)), Map.of());
    }

    /**
     * Axes that are taken apart.
     *
     * @param pieces the letters that each axis of the value comes to, and their lengths
     */
    public Call apart(Map<String, Map<String, Integer>> pieces) {
      Map<String, Place> all = new LinkedHashMap<>();
      Map<String, Integer> sizes = new LinkedHashMap<>();
      pieces.forEach(
          (axis, letters) -> {
            Place place = Place.fixed(0);
            for (Map.Entry<String, Integer> piece : letters.entrySet()) {
              place = place.times(piece.getValue()).plus(1, piece.getKey());
            }
            all.put(axis, place);
            sizes.putAll(letters);
          });
      return moved(all, sizes);
    }

    private Call moved(Map<String, Place> where, Map<String, Integer> sizes) {
      return new Call(function, over, of, how, axes, where, sizes);
    }

    @Override
    public List<Expression> parts() {
      return List.of(of);
    }

    @Override
    public String text(Set<String> taken) {
      String tail = how.isEmpty() ? "" : ", " + how;
      return function.word() + Axes.subscript(over) + "(" + of.text(taken) + tail + ")";
    }
  }

  /** The functions that formulas call by a word, besides those of numbers. */
  enum Called {
    ONE_HOT("onehot"),
    PAD("pad"),
    RESHAPE("reshape"),
    REPEAT("repeat"),
    STOP_GRADIENT("stop_gradient"),
    ORTHONORMAL("orthonormal"),
    WINDOWS("windows"),
    FROM_WINDOWS("from_windows");

    private final String word;

    Called(String word) {
      this.word = word;
    }

    /** How formulas write it. */
    public String word() {
      return word;
    }
  }

  /** A value by its name, or by what it would be called, if anyone says. */
  static Expression of(Var var) {
    String text = var.label().text();
    return new Name(text.isEmpty() ? "…" : text, Axes.of(var.shape()), Optional.of(var));
  }

  /** The time step before t in a recurrence: {@code t − 1}, or {@code t + 1} if it runs back. */
  static Expression stepBefore(boolean reversed) {
    return new Pointwise(
        Meaning.OTHER,
        reversed ? "{0} + {1}" : "{0} − {1}",
        Formula.SUM,
        List.of(Formula.SUM, Formula.PRODUCT),
        List.of(new Symbol("t", List.of()), number("1", false)));
  }

  /** A number as it is written without its sign. */
  static Expression number(String digits, boolean negative) {
    return negative ? new Literal("−" + digits, SIGN) : new Literal(digits, ATOM);
  }

  /** A call that says all in its name. */
  static Expression call(Called function, Expression of, List<String> axes) {
    return new Call(function, List.of(), of, "", axes);
  }

  /** The value, with its axes under these letters. */
  default Expression along(List<String> letters) {
    return axes().equals(letters)
        ? this
        : this instanceof Along other ? other.of.along(letters) : new Along(this, letters);
  }

  /**
   * What is written behind an equals sign: as many axes as on the left are those on the left in
   * their order, whatever their letters.
   */
  default Expression assigned(Shape left) {
    return this;
  }

  /** The value of this shape with each of its axes to be seen. */
  default Expression whole(Shape shape) {
    List<String> all = Axes.of(shape);
    List<String> needed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (shape.axis(i) != 1 || i == all.size() - 1) {
        needed.add(all.get(i));
      }
    }
    if (axes().stream().filter(needed::contains).toList().equals(needed)) {
      return this;
    } else if (Axes.isReordered(axes(), all)) {
      return new Reordered(this, all.stream().map(axes()::indexOf).toList(), all);
    }
    boolean repeated =
        Axes.positions(all).stream()
            .anyMatch(i -> shape.axis(i) != 1 && !axes().contains(all.get(i)));
    Expression plain = !repeated && this instanceof Along other ? other.of : this;
    Called function = repeated ? Called.REPEAT : Called.RESHAPE;
    return new Call(function, List.of(), plain, Axes.marked(shape), all);
  }
}
