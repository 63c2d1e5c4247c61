package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A line of a training plan. */
public sealed interface Clause {

  Span span();

  /** What it computes with; the names in it are the program's, not those of the data. */
  default List<Expr> expressions() {
    return List.of();
  }

  /**
   * {@code data csv("a.csv") { x = columns "a", "b" }}, or {@code test …}.
   *
   * @param source the call that names the source and its options
   */
  record Data(boolean test, Expr.Call source, List<Binding> bindings, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return Stream.concat(
              source.arguments().stream().map(Expr.Argument::value),
              bindings.stream().flatMap(b -> b.value().expressions().stream()))
          .toList();
    }
  }

  /** {@code window 48 step 1 predict 1}: examples are windows over the rows of the data. */
  record Window(Expr length, Optional<Expr> step, Optional<Expr> predict, Span span)
      implements Clause {
    @Override
    public List<Expr> expressions() {
      return Stream.of(Optional.of(length), step, predict).flatMap(Optional::stream).toList();
    }
  }

  /** {@code split 70 / 15 / 15 in order}; the numbers are parts of the whole, training first. */
  record Split(List<Expr> parts, boolean inOrder, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return parts;
    }
  }

  /** {@code standardize x, y}. */
  record Standardize(List<Ident> names, Span span) implements Clause {}

  /** {@code rescale y to 0 .. 1}. */
  record Rescale(List<Ident> names, Expr low, Expr high, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(low, high);
    }
  }

  /** {@code optimizer adam(rate: 0.1)}. */
  record Optimizer(Expr value, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }
  }

  /** {@code clip norm 1}, {@code clip value 0.5}. */
  record Clip(boolean norm, Expr limit, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(limit);
    }
  }

  /** {@code stop after 10 epochs without improvement}. */
  record Stop(Expr epochs, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(epochs);
    }
  }

  /** {@code metrics accuracy, confusion}. */
  record Metrics(List<Ident> names, Span span) implements Clause {}

  /**
   * {@code regularize l2(1e-4) on W_f, dense1.W}.
   *
   * @param penalty the call of a function, a parameter left out
   * @param on names or parts of names of parameters; empty if nothing is said
   */
  record Regularize(Expr.Call penalty, List<Ident> on, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(penalty);
    }
  }

  /** {@code shuffle on}, {@code shuffle off}. */
  record Shuffle(boolean on, Span span) implements Clause {}

  /** {@code stateful}: states are carried over from window to window. */
  record Stateful(Span span) implements Clause {}

  /**
   * {@code batch 16}, {@code epochs 200}, {@code seed 7}, {@code truncate 32}: a word and a whole
   * number.
   */
  record Setting(Ident name, Expr value, Span span) implements Clause {
    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }
  }

  /** {@code x = columns "a", "b"}; what fills a network's input or target. */
  record Binding(Ident name, Selection value, Span span) {}

  /** Where a binding's numbers come from. */
  sealed interface Selection {
    Span span();

    /** What it computes with, the names of fields left out. */
    List<Expr> expressions();

    /**
     * {@code column "later"}, {@code columns 0, 1}, {@code columns 0 .. 4} (end not included).
     *
     * @param changes what is done to each number, in order
     */
    record Columns(List<Expr> columns, Optional<Expr> end, List<Change> changes, Span span)
        implements Selection {
      @Override
      public List<Expr> expressions() {
        return Stream.of(columns.stream(), end.stream(), changes.stream().map(Change::number))
            .flatMap(part -> part)
            .toList();
      }
    }

    /** {@code - 1}: one of + - * / with a number. */
    record Change(String symbol, Expr number) {}

    /** {@code values / 255}: an expression of one field of the source. */
    record Field(Expr value) implements Selection {
      @Override
      public Span span() {
        return value.span();
      }

      @Override
      public List<Expr> expressions() {
        return List.of();
      }
    }

    /** {@code window 64 step 64}: windows over the characters of a text. */
    record Window(Expr length, Expr step, Span span) implements Selection {
      @Override
      public List<Expr> expressions() {
        return List.of(length, step);
      }
    }

    /** {@code text shifted 1}: what another binding takes, some rows later. */
    record Shifted(Expr of, Expr rows, Span span) implements Selection {
      @Override
      public List<Expr> expressions() {
        return List.of(rows);
      }
    }
  }
}
