package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;

/** A line in the body of a network, function, layer, cell, optimizer or initializer. */
public sealed interface Statement {

  Span span();

  /** {@code input x: [2]}. */
  record Input(Ident name, Type type, Span span) implements Statement {}

  /** {@code target y: class(3)}. */
  record Target(Ident name, Type type, Span span) implements Statement {}

  /** {@code h = tanh(x)}; {@code output p = …} if {@code output}. */
  record Equation(Ident name, Expr value, boolean output, List<String> doc, Span span)
      implements Statement {}

  /** {@code output p, softmax(q)}. */
  record Output(List<Expr> values, Span span) implements Statement {}

  /** {@code loss mse(p, y)}. */
  record Loss(Expr value, Span span) implements Statement {}

  /** {@code param W, U: [n, units] = init when peepholes}. */
  record Param(
      List<Ident> names,
      Type.Shape shape,
      Optional<Expr> init,
      Optional<Expr> when,
      List<String> doc,
      Span span)
      implements Statement {}

  /** {@code state s, c: [units] = 0 when …}; an optimizer's states have no shape of their own. */
  record State(
      List<Ident> names,
      Optional<Type.Shape> shape,
      Optional<Expr> init,
      Optional<Expr> when,
      List<String> doc,
      Span span)
      implements Statement {}

  /** {@code require rate < 1 else "…"}: what options must be, and what is said if they are not. */
  record Require(Expr condition, String otherwise, Span span) implements Statement {}

  /** {@code return x @ W}. */
  record Return(Expr value, Span span) implements Statement {}
}
