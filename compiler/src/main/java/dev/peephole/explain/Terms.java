package dev.peephole.explain;

import dev.peephole.ir.Application;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Reshape;
import dev.peephole.op.Transpose;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The equations of a network by the expressions of the model that say them: what one expression
 * computes without a call in between is one term. What only says how numbers lie, and constants,
 * are no terms; one sees through them.
 */
final class Terms {
  private final List<Equation> equations = new ArrayList<>();
  private final List<Equation> recurrences = new ArrayList<>();
  private final Map<Var, Integer> producers = new HashMap<>();
  private final Map<Var, Passage> passages = new HashMap<>();
  private final Map<Var, Var> initials = new HashMap<>();
  private final Set<Call> calls = new HashSet<>();
  private final int[] above;
  private final Set<Integer> terms = new LinkedHashSet<>();

  /** How a value comes into a recurrence, or out of it. */
  private enum Way {
    IN,
    OUT,
    FROM_BEFORE
  }

  private record Passage(Way way, Var from) {}

  /** Where something is applied. */
  private record Call(Optional<Application> around, Span place) {}

  /**
   * Where a value comes from.
   *
   * @param term which term computes it; −1 if it is given
   * @param var the value as it is there
   * @param handed the same as it goes from there to where it is read, outside of both
   * @param read the same where it is read
   * @param before whether it is that of the time step before
   */
  record Source(int term, Var var, Var handed, Var read, boolean before) {}

  Terms(Function step) {
    collect(step);
    above = IntStream.range(0, equations.size()).toArray();
    for (int i = 0; i < equations.size(); i++) {
      if (computes(i)) {
        terms.add(i);
        for (Var input : equations.get(i).inputs()) {
          int part = seeThrough(input);
          if (part >= 0 && isPart(written(part), written(i))) {
            above[top(part)] = i;
          }
        }
      }
    }
    terms.removeIf(term -> above[term] != term);
    Stream.concat(equations.stream(), recurrences.stream())
        .flatMap(e -> ((Origin.Written) e.origin()).within().stream())
        .forEach(within -> calls.add(new Call(within.around(), within.call())));
  }

  private void collect(Function function) {
    for (Equation e : function.equations()) {
      if (e.op() instanceof Scan) {
        recurrences.add(e);
        Recurrence parts = Recurrence.of(e);
        parts.states().forEach(this::state);
        parts.given().forEach(input -> pass(input.formal(), Way.IN, input.given()));
        parts.results().forEach(result -> pass(result.all(), Way.OUT, result.each()));
        collect(((Scan) e.op()).step());
      } else {
        producers.put(e.out(), equations.size());
        equations.add(e);
      }
    }
  }

  private void state(Recurrence.State state) {
    pass(state.before(), Way.FROM_BEFORE, state.after());
    pass(state.all(), Way.OUT, state.after());
    initials.put(state.before(), state.initial());
  }

  private void pass(Var to, Way way, Var from) {
    if (to != from) {
      passages.put(to, new Passage(way, from));
    }
  }

  private Origin.Written written(int equation) {
    return (Origin.Written) equations.get(equation).origin();
  }

  /** Whether an equation is said by a part of the expression that says another. */
  private static boolean isPart(Origin.Written part, Origin.Written whole) {
    Span inner = part.expression();
    Span outer = whole.expression();
    return part.within().equals(whole.within())
        && inner.file() == outer.file()
        && inner.start() >= outer.start()
        && inner.end() <= outer.end();
  }

  private int top(int equation) {
    int at = equation;
    while (above[at] != at) {
      at = above[at];
    }
    return at;
  }

  /** Whether it says more than how numbers lie, or that they are always the same. */
  private boolean computes(int equation) {
    Op op = equations.get(equation).op();
    return !(op instanceof Transpose
        || op instanceof Reshape
        || op instanceof Broadcast
        || op instanceof Constant);
  }

  /** The equation that computes a value, in the same step; −1 if none does. */
  private int seeThrough(Var var) {
    Integer producer = producers.get(var);
    while (producer != null && !computes(producer)) {
      List<Var> inputs = equations.get(producer).inputs();
      producer = inputs.isEmpty() ? null : producers.get(inputs.get(0));
    }
    return producer == null ? -1 : producer;
  }

  /** All terms, each behind those that it reads. */
  List<Integer> all() {
    return terms.stream().sorted().toList();
  }

  /** The last equation of a term. */
  Equation root(int term) {
    return equations.get(term);
  }

  private List<Equation> parts(int term) {
    return IntStream.range(0, equations.size())
        .filter(i -> computes(i) && top(i) == term)
        .mapToObj(equations::get)
        .toList();
  }

  /** What a term reads, in the order of its equations. */
  Set<Var> inputs(int term) {
    return parts(term).stream()
        .flatMap(e -> e.inputs().stream())
        .filter(var -> !isOf(term, var))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private boolean isOf(int term, Var var) {
    int producer = seeThrough(var);
    return producer >= 0 && top(producer) == term;
  }

  /** The numbers of its equations. */
  Set<Integer> numbers(int term) {
    return parts(term).stream()
        .map(e -> ((Origin.Written) e.origin()).number())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * The numbers of those that say how numbers lie for a term, in the same expression or where it
   * reads them, without those that belong to a call.
   */
  Set<Integer> ways(int term) {
    Set<Integer> numbers = new LinkedHashSet<>();
    parts(term).forEach(e -> e.inputs().forEach(input -> seenThrough(input, numbers)));
    return numbers;
  }

  private void seenThrough(Var var, Set<Integer> numbers) {
    Integer producer = producers.get(var);
    if (producer != null && !computes(producer)) {
      Origin.Written written = written(producer);
      if (!calls.contains(new Call(written.within(), written.expression()))) {
        numbers.add(written.number());
      }
      equations.get(producer).inputs().forEach(input -> seenThrough(input, numbers));
    }
  }

  /** The numbers of the recurrences that an application is, and of what its call makes of time. */
  Set<Integer> recurrences(Application application) {
    Set<Integer> numbers = new LinkedHashSet<>();
    recurrences.stream()
        .map(e -> (Origin.Written) e.origin())
        .filter(written -> written.within().equals(Optional.of(application)))
        .forEach(written -> numbers.add(written.number()));
    IntStream.range(0, equations.size())
        .filter(i -> !computes(i))
        .mapToObj(this::written)
        .filter(written -> written.within().equals(application.around()))
        .filter(written -> written.expression().equals(application.call()))
        .forEach(written -> numbers.add(written.number()));
    return numbers;
  }

  /** Where a value comes from that a term reads. */
  Source source(Var read) {
    Var at = read;
    Var handed = read;
    boolean inside = false;
    boolean before = false;
    while (true) {
      Passage passage = passages.get(at);
      Integer producer = producers.get(at);
      if (passage != null) {
        inside |= passage.way == Way.OUT;
        before |= passage.way == Way.FROM_BEFORE;
        at = passage.from;
      } else if (producer == null || computes(producer)) {
        return new Source(producer == null ? -1 : top(producer), at, handed, read, before);
      } else if (equations.get(producer).inputs().isEmpty()) {
        return new Source(-1, at, handed, read, before);
      } else {
        at = equations.get(producer).input(0);
      }
      handed = inside || !isPerExample(at) ? handed : at;
    }
  }

  /** Whether a value lies as the model sees it: the examples of a batch one after another. */
  private static boolean isPerExample(Var var) {
    return var.shape().rank() == 0 || var.shape().axis(0) == Shape.BATCH;
  }

  /** What a value that a term reads of the time step before is at the first one. */
  List<Var> beginnings(Var read) {
    return initials.containsKey(read) ? List.of(initials.get(read)) : List.of();
  }
}
