package dev.peephole.explain;

import dev.peephole.ir.Expression;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes formulas as trees of MathML, from the tree of the expression. An element is a list of its
 * name and its children, a text is a string, and a value is its number among the page's values:
 *
 * <pre>
 * x · W + b        ["mrow", ["mrow", 0, ["mo", "·"], 1], ["mo", "+"], 2]
 * </pre>
 *
 * What a fraction bar, a root or a brace holds together needs no brackets; else they are those of
 * the text.
 */
public final class MathMl {
  private final Set<String> names;
  private final Function<Var, Object> values;

  /**
   * @param names the names of values; symbols that look the same get a prime
   * @param values how a value is written: its number, or its name
   */
  MathMl(Set<String> names, Function<Var, Object> values) {
    this.names = names;
    this.values = values;
  }

  /**
   * A formula.
   *
   * @param values how a value is written: its number, or an element
   */
  public static List<Object> of(Caption.Equality formula, Function<Var, Object> values) {
    MathMl math = new MathMl(formula.names(), values);
    Object name = values.apply(formula.left());
    Object left = formula.letters().isEmpty() ? name : indexed(name, formula.letters());
    return equality(left, formula.replaces(), math.of(formula.right()));
  }

  /** {@code left = right}. */
  static List<Object> equality(Object left, boolean replaces, Object right) {
    return element("mrow", left, element("mo", replaces ? "←" : "="), right);
  }

  /** An element with its children. */
  static List<Object> element(String name, Object... children) {
    List<Object> element = new ArrayList<>(List.of(name));
    element.addAll(List.of(children));
    return element;
  }

  /** The expression, without brackets around it. */
  Object of(Expression e) {
    if (e instanceof Expression.Name name) {
      return name.value().isPresent()
          ? values.apply(name.value().get())
          : element("mi", name.name());
    } else if (e instanceof Expression.Symbol symbol) {
      return element("mi", symbol.text(names));
    } else if (e instanceof Expression.Literal literal) {
      boolean word = Character.isLetter(literal.literal().charAt(0));
      return element(word ? "mtext" : "mn", literal.literal());
    } else if (e instanceof Expression.Pointwise pointwise) {
      return pointwise(pointwise);
    } else if (e instanceof Expression.Sum sum && sum.isTerm()) {
      return of(sum.body());
    } else if (e instanceof Expression.Sum sum) {
      return element(
          "mrow",
          element("munder", element("mo", "∑"), over(sum.over(), sum.limits())),
          within(sum.body(), Formula.PRODUCT));
    } else if (e instanceof Expression.Max greatest) {
      return element(
          "mrow",
          element("munder", element("mi", "max"), over(greatest.over(), greatest.limits())),
          brackets(of(greatest.body())));
    } else if (e instanceof Expression.MatrixProduct product) {
      return product(product);
    }
    return placed(e);
  }

  private Object pointwise(Expression.Pointwise e) {
    List<Expression> parts = e.parts();
    return switch (e.meaning()) {
      case QUOTIENT -> element("mfrac", of(parts.get(0)), of(parts.get(1)));
      case ROOT -> element("msqrt", of(parts.get(0)));
      case POWER -> element("msup", operand(e, 0), of(parts.get(1)));
      case SQUARE -> element("msup", operand(e, 0), element("mn", "2"));
      case CHOICE ->
          element(
              "mrow",
              element("mo", "{"),
              element(
                  "mtable",
                  branch(of(parts.get(1)), element("mtext", "if\u00a0"), of(parts.get(0))),
                  branch(of(parts.get(2)), element("mtext", "else"))));
      case SCALED, OWN_STEP, OTHER -> template(e);
    };
  }

  private static Object branch(Object value, Object... condition) {
    return element("mtr", element("mtd", value), element("mtd", condition));
  }

  /** What an op writes between its operands: words, and signs of one character each. */
  private Object template(Expression.Pointwise e) {
    List<Object> row = new ArrayList<>(List.of("mrow"));
    String template = e.template();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      int end = at + 1;
      if (c == '{') {
        row.add(operand(e, template.charAt(at + 1) - '0'));
        end = at + 3;
      } else if (Character.isLetterOrDigit(c)) {
        while (end < template.length() && Character.isLetterOrDigit(template.charAt(end))) {
          end++;
        }
        row.add(word(template.substring(at, end)));
      } else if (c != ' ') {
        row.add(element("mo", String.valueOf(c)));
      }
      at = end;
    }
    return row;
  }

  private static Object word(String word) {
    if (word.equals("if") || word.equals("else")) {
      return element("mtext", " " + word + " ");
    }
    return element(Character.isDigit(word.charAt(0)) ? "mn" : "mi", word);
  }

  private Object operand(Expression.Pointwise e, int operand) {
    Object part = of(e.parts().get(operand));
    return e.isBracketed(operand) ? brackets(part) : part;
  }

  private Object product(Expression.MatrixProduct e) {
    Object dot = element("mo", "·");
    return element(
        "mrow",
        side(e.left(), e.leftTransposed()),
        e.each().isEmpty() ? dot : element("msub", dot, letters(e.each())),
        side(e.right(), e.rightTransposed()));
  }

  private Object side(Expression side, boolean transposed) {
    Object value =
        Expression.MatrixProduct.isOfRows(side) ? brackets(of(side)) : within(side, Formula.ATOM);
    return transposed ? transposed(value) : value;
  }

  private static Object transposed(Object value) {
    return element("msup", value, element("mo", "⊤"));
  }

  private Object placed(Expression e) {
    if (e instanceof Expression.Transposed transposed) {
      return transposed(within(transposed.of(), Formula.ATOM));
    } else if (e instanceof Expression.Reordered reordered) {
      return element(
          "mrow", within(reordered.of(), Formula.ATOM), element("mtext", reordered.how()));
    } else if (e instanceof Expression.Places places) {
      return element("mrow", within(places.of(), Formula.ATOM), element("mtext", places.how()));
    } else if (e instanceof Expression.Indexed number) {
      return indexed(within(number.of(), Formula.ATOM), number.places());
    } else if (e instanceof Expression.At at) {
      return element(
          "mrow",
          within(at.of(), Formula.ATOM),
          element("mtext", "[" + ".., ".repeat(at.axis())),
          of(at.place()),
          element("mtext", "]"));
    } else if (e instanceof Expression.Along along) {
      Object value = of(along.of());
      return element("msub", along.isBracketed() ? brackets(value) : value, letters(along.axes()));
    } else if (e instanceof Expression.SideBySide beside) {
      return sideBySide(beside);
    }
    Expression.Call call = (Expression.Call) e;
    Object function = element("mi", call.function().word());
    return element(
        "mrow",
        call.over().isEmpty() ? function : element("msub", function, letters(call.over())),
        brackets(
            call.how().isEmpty()
                ? of(call.of())
                : element("mrow", of(call.of()), element("mtext", ", " + call.how()))));
  }

  private Object sideBySide(Expression.SideBySide e) {
    List<Object> row = new ArrayList<>(List.of("mrow", element("mo", "[")));
    for (int i = 0; i < e.parts().size(); i++) {
      if (i > 0) {
        row.add(element("mo", e.separator()));
      }
      row.add(of(e.parts().get(i)));
    }
    row.add(element("mo", "]"));
    return e.isAlongLast() ? row : element("msub", row, letters(List.of(e.along())));
  }

  private Object within(Expression e, int atLeast) {
    return e.binding() < atLeast ? brackets(of(e)) : of(e);
  }

  private static Object brackets(Object inner) {
    return element("mrow", element("mo", "("), inner, element("mo", ")"));
  }

  /** {@code i, j < 2} below a sign, or the letters if they say all. */
  private static Object over(List<String> letters, Map<String, Integer> limits) {
    List<Object> row = new ArrayList<>(List.of("mrow"));
    List<String> said = letters.stream().filter(letter -> !limits.containsKey(letter)).toList();
    said.forEach(letter -> row.add(element("mi", letter)));
    if (limits.isEmpty()) {
      return row;
    }
    String text = (said.isEmpty() ? "" : ", ") + Expression.text(limits);
    for (String part : text.split("(?<=\\D)|(?=\\D)")) {
      if (!part.equals(" ")) {
        boolean letter = Character.isLetter(part.charAt(0));
        String sort = letter ? "mi" : Character.isDigit(part.charAt(0)) ? "mn" : "mo";
        row.add(element(sort, part));
      }
    }
    return row;
  }

  /** A number of a value by its places, which stand as its index. */
  private static Object indexed(Object value, List<String> places) {
    List<Object> row = new ArrayList<>(List.of("mrow"));
    for (int i = 0; i < places.size(); i++) {
      if (i > 0) {
        row.add(element("mo", ","));
      }
      row.add(place(places.get(i)));
    }
    return element("msub", value, row);
  }

  /** {@code 2u + i − 1}, sign by sign. */
  private static Object place(String text) {
    List<Object> row = new ArrayList<>(List.of("mrow"));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ') {
        String sort = Character.isDigit(c) ? "mn" : Character.isLetter(c) ? "mi" : "mo";
        row.add(element(sort, String.valueOf(c)));
      }
    }
    return row.size() == 2 ? row.get(1) : row;
  }

  private static Object letters(List<String> letters) {
    List<Object> row = new ArrayList<>(List.of("mrow"));
    letters.forEach(letter -> row.add(element("mi", letter)));
    return row;
  }
}
