package dev.peephole.docs.library;

import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a declaration that are switched on, or off, against what they usually are. */
final class Options {
  private static final String SOME = "0.5";

  private Options() {}

  /**
   * What can be switched, each option with its other value; 0 becomes a half, or 1 if it counts.
   */
  static Map<String, String> switched(Callable callable) {
    Map<String, String> switched = new LinkedHashMap<>();
    for (Declaration.Parameter parameter : callable.parameters()) {
      parameter
          .standard()
          .flatMap(standard -> other(standard, parameter))
          .ifPresent(value -> switched.put(parameter.name().name(), value));
    }
    return switched;
  }

  private static Optional<String> other(Expr standard, Declaration.Parameter parameter) {
    boolean whole =
        parameter
            .type()
            .filter(t -> t instanceof Type.Kind k && k.name().equals("int"))
            .isPresent();
    if (standard instanceof Expr.Bool bool) {
      return Optional.of("" + !bool.value());
    }
    return standard instanceof Expr.Num number && number.value() == 0
        ? Optional.of(whole ? "1" : SOME)
        : Optional.empty();
  }

  /** The options up to one, for what shows only together with those before it. */
  static Map<String, String> upTo(String last, Map<String, String> options) {
    Map<String, String> some = new LinkedHashMap<>();
    for (String name : new ArrayList<>(options.keySet())) {
      some.put(name, options.get(name));
      if (name.equals(last)) {
        break;
      }
    }
    return some;
  }

  /** {@code momentum: 0.5, nesterov: true}. */
  static String text(Map<String, String> options) {
    List<String> all = new ArrayList<>();
    options.forEach((name, value) -> all.add(name + ": " + value));
    return String.join(", ", all);
  }
}
