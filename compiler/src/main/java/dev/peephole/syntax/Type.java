package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;

/** What follows a colon. */
public sealed interface Type {

  Span span();

  /** {@code [28, n]}: real numbers. */
  record Shape(List<Axis> axes, Span span) implements Type {}

  /** {@code [64] class(10)} or {@code class(10)}: labels. */
  record Labels(List<Axis> axes, Expr classes, Span span) implements Type {}

  /** {@code int}, {@code real}, {@code bool}, {@code initializer}, {@code function}, … */
  record Kind(String name, Span span) implements Type {}

  /** One axis: an expression of numbers, constants and options, or a name that it binds. */
  record Axis(Optional<Expr> length, Span span) {
    /** Whether the length is {@code *}, known only when the data arrives. */
    public boolean open() {
      return length.isEmpty();
    }
  }
}
