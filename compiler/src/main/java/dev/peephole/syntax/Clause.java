package dev.peephole.syntax;

import dev.peephole.source.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A line of a training plan: what stands in it for each part of its form. */
public final class Clause {
  private final ClauseForm form;
  private final Map<Part<?>, Object> parts;
  private final Span span;

  Clause(ClauseForm form, Map<Part<?>, Object> parts, Span span) {
    this.form = form;
    this.parts = Map.copyOf(parts);
    this.span = span;
  }

  /** How it is written. */
  public ClauseForm form() {
    return form;
  }

  public Span span() {
    return span;
  }

  /** What is written for a part that must be there. */
  public <T> T get(Part<T> part) {
    return find(part).orElseThrow();
  }

  /** What is written for a part, if it is there. */
  @SuppressWarnings("unchecked") // the reader puts in what the part reads
  public <T> Optional<T> find(Part<T> part) {
    return Optional.ofNullable((T) parts.get(part));
  }

  /** What it computes with; the names in it are the program's, not those of the data. */
  public List<Expr> expressions() {
    return parts.entrySet().stream()
        .flatMap(part -> part.getKey().expressions(part.getValue()).stream())
        .sorted(Comparator.comparingInt(expression -> expression.span().start()))
        .toList();
  }

  /** {@code x = columns "a", "b"}; what fills a network's input or target. */
  public record Binding(Ident name, Selection value, Span span) {}

  /** Where a binding's numbers come from. */
  public sealed interface Selection {
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
    record Change(Operator operator, Expr number) {}

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
