package dev.peephole.kernel;

import dev.peephole.ir.Element;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Between which places the positions in a loop lie. */
public final class IndexRanges {
  private final Shape domain;
  private final Optional<Integer> time;
  private final List<Guard> guards;

  /** That a sum of variables, without a constant, is known to lie between two numbers. */
  private record Guard(Index sum, Interval interval) {

    /** What is known where a position does, in the smallest whole factors. */
    static Guard of(Index position, Interval interval) {
      Interval known = interval.plus(-position.constant());
      int common = position.commonFactor();
      return common <= 1
          ? new Guard(position.base(), known)
          : new Guard(position.base().over(common), known.inside(common));
    }
  }

  /**
   * @param domain what is looped over
   * @param time how many time steps the recurrence around the loop has, if there is one
   */
  public IndexRanges(Shape domain, Optional<Integer> time) {
    this(domain, time, List.of());
  }

  private IndexRanges(Shape domain, Optional<Integer> time, List<Guard> guards) {
    this.domain = domain;
    this.time = time;
    this.guards = guards;
  }

  /**
   * Between which numbers a position lies.
   *
   * @throws IllegalArgumentException if nothing is known of a variable that it depends on
   */
  public Interval of(Index index) {
    Interval sum = Interval.of(index.constant());
    for (Map.Entry<Index.Variable, Integer> term : index.factors().entrySet()) {
      sum = sum.plus(variable(term.getKey()).times(term.getValue()));
    }
    for (Guard guard : guards) {
      for (int times : multiples(guard.sum, index)) {
        IndexRanges others = new IndexRanges(domain, time, without(guard));
        Interval rest = others.of(index.plus(guard.sum.times(-times)));
        sum = sum.and(rest.plus(guard.interval.times(times)));
      }
    }
    return sum;
  }

  /** How often a sum may stand in a position: so often that one of its variables is gone. */
  private static List<Integer> multiples(Index sum, Index position) {
    return sum.factors().entrySet().stream()
        .filter(term -> position.factors().getOrDefault(term.getKey(), 0) != 0)
        .filter(term -> position.factors().get(term.getKey()) % term.getValue() == 0)
        .map(term -> position.factors().get(term.getKey()) / term.getValue())
        .distinct()
        .toList();
  }

  private List<Guard> without(Guard guard) {
    return guards.stream().filter(other -> other != guard).toList();
  }

  private Interval variable(Index.Variable variable) {
    if (variable instanceof Index.Loop loop && loop.axis() < domain.rank()) {
      return Interval.along(domain.axis(loop.axis()));
    } else if (variable instanceof Index.Time && time.isPresent()) {
      return Interval.along(time.get());
    } else if (variable instanceof Index.Steps) {
      Bound steps = Bound.length(Shape.OPEN);
      return new Interval(steps, steps);
    } else if (variable instanceof Index.Quotient quotient) {
      return of(quotient.of()).over(quotient.by());
    } else if (variable instanceof Index.Label label && label.label() instanceof Scalar.Load load) {
      return label(load.var());
    }
    throw new IllegalArgumentException("nothing is known of the position " + variable);
  }

  private static Interval label(Var var) {
    if (var.element() == Element.LABEL) {
      return Interval.along(var.classes());
    } else if (var.element() == Element.COUNT) {
      return Interval.along(Shape.OPEN).plus(1);
    }
    throw new IllegalArgumentException("a position by " + var + ", which is no label");
  }

  /** What is known besides where the test holds; empty if it never does. */
  public Optional<IndexRanges> inside(Scalar.WhereWithin where) {
    return knowing(where, new Interval(Bound.of(where.from()), Bound.of(where.to() - 1)));
  }

  /** What is known besides where the test does not hold; empty if it always does. */
  public Optional<IndexRanges> outside(Scalar.WhereWithin where) {
    Interval all = of(where.position());
    if (where.step() != 1) {
      return Optional.of(this);
    } else if (Bound.of(where.from()).isAtMost(all.first())) {
      return knowing(where, new Interval(Bound.of(where.to()), all.last()));
    } else if (all.last().isAtMost(Bound.of(where.to() - 1))) {
      return knowing(where, new Interval(all.first(), Bound.of(where.from() - 1)));
    }
    return Optional.of(this);
  }

  private Optional<IndexRanges> knowing(Scalar.WhereWithin where, Interval interval) {
    Index position = where.position();
    List<Guard> more = new ArrayList<>(guards);
    more.add(Guard.of(position, interval));
    return interval.and(of(position)).isEmpty()
        ? Optional.empty()
        : Optional.of(new IndexRanges(domain, time, more));
  }
}
