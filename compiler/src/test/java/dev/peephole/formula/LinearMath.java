package dev.peephole.formula;

import dev.peephole.explain.MathMl;
import dev.peephole.ir.Axes;
import dev.peephole.kernel.Caption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes MathML as a line of text that says what is seen on the page, and no more: brackets stand
 * where the page shows some, and around what a fraction bar, a root or a brace holds together.
 */
final class LinearMath {
  private static final Set<String> INFIX =
      Set.of("+", "−", "⊙", "·", "<", "≤", ">", "≥", "=", "≠", "∧", "∨", "←");

  private LinearMath() {}

  /** {@code h = tanh(z)}. */
  static String text(Caption.Equality formula) {
    return text(MathMl.of(formula, var -> List.of("mi", var.name())));
  }

  private static String text(Object tree) {
    if (tree instanceof String words) {
      return words;
    }
    List<?> element = (List<?>) tree;
    String first = element.size() > 1 ? text(element.get(1)) : "";
    return switch ((String) element.get(0)) {
      case "mrow" -> row(element);
      case "mfrac" -> "((" + first + ") / (" + text(element.get(2)) + "))";
      case "msqrt" -> "√(" + first + ")";
      case "msup" -> first + superscript(element.get(2));
      case "munder" -> (first.equals("∑") ? "Σ" : first) + under(element.get(2)) + gap(first);
      case "msub" ->
          isOfPlaces(element.get(2))
              ? first + places(element.get(2))
              : first + letters(element.get(2)) + gap(first);
      default -> first;
    };
  }

  private static String gap(String sign) {
    return sign.equals("∑") || sign.equals("·") ? " " : "";
  }

  private static String superscript(Object tree) {
    String text = text(tree);
    return text.equals("⊤") ? "ᵀ" : text.equals("2") ? "²" : "^(" + text + ")";
  }

  /** Letters, and in braces those behind which it says how many places there are. */
  private static String under(Object row) {
    String text = row((List<?>) row);
    List<?> letters =
        ((List<?>) row)
            .stream().filter(e -> e instanceof List<?> l && l.get(0).equals("mi")).toList();
    return Axes.subscript(letters.stream().map(LinearMath::text).toList())
        + (text.contains("<") ? "{" + text + "}" : "");
  }

  /** Whether an index has places other than letters. */
  private static boolean isOfPlaces(Object row) {
    return ((List<?>) row)
        .stream().skip(1).anyMatch(place -> !((List<?>) place).get(0).equals("mi"));
  }

  private static String places(Object row) {
    return ((List<?>) row)
        .stream()
            .skip(1)
            .map(LinearMath::text)
            .map(place -> place.equals(",") ? ", " : place)
            .collect(Collectors.joining("", "[", "]"));
  }

  private static String letters(Object row) {
    List<?> element = (List<?>) row;
    return Axes.subscript(element.stream().skip(1).map(LinearMath::text).toList());
  }

  private static String row(List<?> element) {
    if (element.size() == 3 && isBrace(element.get(1))) {
      List<?> table = (List<?>) element.get(2);
      List<?> then = (List<?>) table.get(1);
      List<?> otherwise = (List<?>) table.get(2);
      List<?> condition = (List<?>) then.get(2);
      String test = condition.stream().skip(2).map(LinearMath::text).collect(Collectors.joining());
      return "(" + text(then.get(1)) + " if " + test + " else " + text(otherwise.get(1)) + ")";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < element.size(); i++) {
      String part = text(element.get(i));
      boolean sign = element.get(i) instanceof List<?> inner && inner.get(0).equals("mo");
      boolean product = element.get(i) instanceof List<?> inner && inner.get(0).equals("msub");
      if (sign && INFIX.contains(part) && i > 1) {
        text.append(' ').append(part).append(' ');
      } else if (sign && (part.equals(",") || part.equals(";"))) {
        text.append(part).append(' ');
      } else if (product && part.startsWith("·")) {
        text.append(' ').append(part);
      } else {
        text.append(part);
      }
    }
    return text.toString();
  }

  private static boolean isBrace(Object tree) {
    return tree instanceof List<?> element
        && element.get(0).equals("mo")
        && element.get(1).equals("{");
  }
}
