package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression. A pipeline {@code x |> f(1)} is the call {@code f(x, 1)}. */
public sealed interface Expr {

  Span span();

  /** The expressions that it is made of. */
  default List<Expr> parts() {
    return List.of();
  }

  /** A number as written; {@code integer} if it has neither point nor exponent. */
  record Num(double value, boolean integer, Span span) implements Expr {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value, Span span) implements Expr {}

  /** A quoted text, without the quotes. */
  record Text(String value, Span span) implements Expr {}

  /** A name. */
  record Name(String name, Span span) implements Expr {
    public Ident ident() {
      return new Ident(name, span);
    }
  }

  /** {@code -a}. */
  record Negate(Expr operand, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** {@code not a}. */
  record Not(Expr operand, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** {@code a and b}, {@code a or b}. */
  record Junction(Operator.At operator, Expr left, Expr right, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }
  }

  /** {@code a < b <= c}: two comparisons or more, each operator between two of the operands. */
  record Chain(List<Expr> operands, List<Operator.At> operators, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return operands;
    }
  }

  /** {@code a + b}: arithmetic, or a comparison. */
  record Binary(Operator.At operator, Expr left, Expr right, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }
  }

  /**
   * {@code f(x, units: 8)}; {@code callee} is the name before the bracket.
   *
   * @param piped whether the first argument came through {@code |>}
   */
  record Call(Ident callee, List<Argument> arguments, boolean piped, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return arguments.stream().map(Argument::value).toList();
    }
  }

  /** {@code x[2]}, {@code x[1..3]}, {@code x[.., 0]}. */
  record Index(Expr operand, List<Selector> selectors, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return Stream.concat(Stream.of(operand), selectors.stream().flatMap(s -> s.parts().stream()))
          .toList();
    }
  }

  /** {@code h.c}: a state of the cell that {@code operand} is the result of. */
  record Member(Expr operand, Ident name, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** {@code if c then a else b}, decided while compiling. */
  record If(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(condition, then, otherwise);
    }
  }

  /** {@code prev c}. */
  record Prev(Ident state, Span span) implements Expr {}

  /** {@code [28, 28, 1]} as a value. */
  record Listing(List<Expr> elements, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return elements;
    }
  }

  /** {@code units in [64, 32]}, {@code i in 0 .. 4}: what a repetition goes through, by a name. */
  record Each(Ident name, Expr from, Optional<Expr> to, Span span) implements Expr {
    @Override
    public List<Expr> parts() {
      return Stream.concat(Stream.of(from), to.stream()).toList();
    }
  }

  /** An argument, by position or by name. */
  record Argument(Optional<Ident> name, Expr value) {}

  /** One axis of an index. */
  sealed interface Selector {
    Span span();

    /** The positions that it is made of. */
    List<Expr> parts();

    /** One position, by a number or by labels; the axis goes away. */
    record At(Expr position) implements Selector {
      @Override
      public Span span() {
        return position.span();
      }

      @Override
      public List<Expr> parts() {
        return List.of(position);
      }
    }

    /** {@code from .. to step 2}; an end left out is that of the axis, a step left out is 1. */
    record Range(Optional<Expr> from, Optional<Expr> to, Optional<Expr> step, Span span)
        implements Selector {
      @Override
      public List<Expr> parts() {
        return Stream.of(from, to, step).flatMap(Optional::stream).toList();
      }
    }
  }
}
