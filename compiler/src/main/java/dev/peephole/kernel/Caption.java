package dev.peephole.kernel;

import dev.peephole.ir.Expression;
import dev.peephole.ir.IndexNotation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line above a kernel.
 *
 * @param text an equation in mathematical notation, or what else there is to say
 * @param of the value whose equation it is, if it is one
 * @param equality the tree that the equation is printed from, if it is one
 * @param origin where the equation comes from, with those that are written out in it
 */
public record Caption(String text, Optional<Var> of, Optional<Equality> equality, Origin origin) {

  /** An equation. */
  public static Caption of(Equality equality, Origin origin) {
    return new Caption(
        equality.text(), Optional.of(equality.left()), Optional.of(equality), origin);
  }

  /** What else there is to say. */
  public static Caption words(String text, Origin origin) {
    return new Caption(text, Optional.empty(), Optional.empty(), origin);
  }

  /** What stands behind the equals sign; all of it if there is none. */
  public String right() {
    return equality.map(e -> e.right().text(e.names())).orElse(text);
  }

  /** The equation of another value that has the same numbers. */
  Caption of(Var other) {
    return new Caption(text, Optional.of(other), equality, origin);
  }

  /**
   * {@code left = right}; an arrow in place of the sign says that the value takes the place of one
   * that has its name.
   *
   * @param letters the places on the left, if the formula is in index notation; else empty
   * @param names the names of values; symbols that look the same get a prime
   */
  public record Equality(Var left, List<String> letters, Expression right, Set<String> names) {

    /** An equation, in index notation if it is one of windows. */
    public static Equality of(Var left, Expression right, Set<String> names) {
      return IndexNotation.of(left.shape(), right, names)
          .map(indexed -> new Equality(left, indexed.letters(), indexed.right(), names))
          .orElseGet(() -> new Equality(left, List.of(), right.assigned(left.shape()), names));
    }

    /** Whether the value takes the place of one that has its name. */
    public boolean replaces() {
      return right.names(left.name());
    }

    public String text() {
      String places = letters.isEmpty() ? "" : "[" + String.join(", ", letters) + "]";
      return left.name() + places + (replaces() ? " ← " : " = ") + right.text(names);
    }
  }
}
