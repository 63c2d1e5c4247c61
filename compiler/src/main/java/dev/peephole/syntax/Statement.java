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

  /**
   * {@code h = tanh(x)}; {@code output p = … for y} if {@code output}.
   *
   * @param target which target the output answers, if that is said
   */
  record Equation(
      Ident name, Expr value, boolean output, Optional<Ident> target, List<String> doc, Span span)
      implements Statement {}

  /** {@code output p, softmax(q) for y}. */
  record Output(List<Answer> answers, Span span) implements Statement {}

  /** An output, and which target it answers, if that is said. */
  record Answer(Expr value, Optional<Ident> target) {}

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

  /**
   * {@code expect p within 0 .. 1 else "…"}, or {@code beyond}: what a value should be, and what is
   * said if it is not.
   */
  record Expect(Expr value, boolean within, Expr from, Expr to, String otherwise, Span span)
      implements Statement {}

  /** {@code return x @ W}. */
  record Return(Expr value, Span span) implements Statement {}
}
