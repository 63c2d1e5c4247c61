package dev.peephole.pass.join;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Concat;
import dev.peephole.op.Matmul;
import dev.peephole.op.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of {@link JoinProducts} that puts values side by side along their last axis, and sees to
 * it that a recurrence does so itself with what it computes.
 */
final class SideBySide {
  private static final int LONGEST_SUFFIX = 3;

  private final List<Equation> equations;
  private final Map<Var, Result> results = new HashMap<>();

  /**
   * What a value is a sequence of.
   *
   * @param scan which scan of the function, counted from 0
   * @param inner the result of its step
   */
  private record Result(int scan, Var inner) {}

  /**
   * @param equations changed in place
   */
  SideBySide(List<Equation> equations) {
    this.equations = equations;
    List<Equation> scans = scans();
    for (int k = 0; k < scans.size(); k++) {
      Equation e = scans.get(k);
      for (Recurrence.Result result : Recurrence.of(e).results()) {
        results.put(result.all(), new Result(k, result.each()));
      }
    }
  }

  private List<Equation> scans() {
    return equations.stream().filter(e -> e.op() instanceof Scan).toList();
  }

  void insertBefore(Equation place, Equation equation) {
    equations.add(equations.indexOf(place), equation);
  }

  /**
   * Which scan a value is a sequence of, not of states, if it is; values of one scan can be
   * together.
   */
  Optional<Integer> scan(Var var) {
    return Optional.ofNullable(results.get(var)).map(Result::scan);
  }

  /** The values in the order in which a recurrence has put them side by side already, if it has. */
  List<Var> settled(List<Var> values) {
    if (scan(values.get(0)).isEmpty()) {
      return values;
    }
    List<Var> inner = values.stream().map(v -> results.get(v).inner()).toList();
    for (Equation e : step(values.get(0)).equations()) {
      if (isConcat(e)
          && e.inputs().size() == inner.size()
          && new HashSet<>(e.inputs()).equals(new HashSet<>(inner))) {
        return e.inputs().stream().map(v -> values.get(inner.indexOf(v))).toList();
      }
    }
    return values;
  }

  private Function step(Var result) {
    return ((Scan) scans().get(results.get(result).scan()).op()).step();
  }

  private static boolean isConcat(Equation e) {
    return e.op() instanceof Concat concat && concat.axis() == e.out().shape().rank() - 1;
  }

  /** One value with all of them, there before an equation that reads it. */
  Var sideBySide(List<Var> values, Equation reader) {
    if (scan(values.get(0)).isPresent()) {
      return emitted(values, scans().get(results.get(values.get(0)).scan()));
    }
    Equation concat = concat(values, reader);
    insertBefore(reader, concat);
    return concat.out();
  }

  private static Equation concat(List<Var> values, Equation reader) {
    Concat op = new Concat(values.get(0).shape().rank() - 1);
    Var out = Var.of(hint(values), op.type(values.stream().map(Var::type).toList()));
    return new Equation(out, op, values, Origin.of(JoinProducts.NAME, reader.origin()));
  }

  /** The scan gives the whole; what it gave one by one are slices of that. */
  private Var emitted(List<Var> values, Equation scanned) {
    Recurrence scan = Recurrence.of(scanned);
    List<Var> inner = values.stream().map(v -> results.get(v).inner()).toList();
    List<Equation> step = new ArrayList<>(scan.step());
    Optional<Equation> before =
        step.stream().filter(e -> isConcat(e) && e.inputs().equals(inner)).findFirst();
    Equation concat = before.orElseGet(() -> concat(inner, scanned));
    if (before.isEmpty()) {
      step.add(concat);
    }
    List<Recurrence.Result> wanted = new ArrayList<>(scan.results());
    wanted.removeIf(result -> values.contains(result.all()));
    Optional<Var> known =
        Stream.concat(scan.states().stream().map(Recurrence.State::result), wanted.stream())
            .filter(result -> result.each() == concat.out())
            .map(Recurrence.Result::all)
            .findFirst();
    Var whole = known.orElseGet(() -> concat.out().another(scan.sequence(concat.out().type())));
    if (known.isEmpty()) {
      wanted.add(new Recurrence.Result(concat.out(), whole));
    }
    int at = equations.indexOf(scanned);
    equations.set(at, scan.with(step, wanted).equation());
    int from = 0;
    int axis = whole.shape().rank() - 1;
    for (Var value : values) {
      int to = from + value.shape().axis(axis);
      if (scanned.outs().contains(value)) {
        Slice slice = new Slice(axis, from, to);
        Origin origin = Origin.of(JoinProducts.NAME, scanned.origin());
        equations.add(++at, new Equation(value, slice, List.of(whole), origin));
      }
      from = to;
    }
    return whole;
  }

  /** Where a scan goes through columns of a product, it goes through the product instead. */
  void takeSlicesInside() {
    Map<Var, Equation> columns = new HashMap<>();
    for (Equation e : equations) {
      if (e.op() instanceof Slice slice
          && slice.axis() == e.out().shape().rank() - 1
          && isProduct(e.input(0))) {
        columns.put(e.out(), e);
      }
    }
    equations.replaceAll(e -> e.op() instanceof Scan ? sliced(e, columns) : e);
  }

  private boolean isProduct(Var var) {
    return equations.stream().anyMatch(e -> e.op() instanceof Matmul && e.out() == var);
  }

  private static Equation sliced(Equation e, Map<Var, Equation> columns) {
    Recurrence scan = Recurrence.of(e);
    Map<Var, Var> wholes = new LinkedHashMap<>();
    List<Input> sequences = new ArrayList<>();
    List<Equation> step = new ArrayList<>();
    for (Input sequence : scan.sequences()) {
      Equation column = columns.get(sequence.given());
      if (column == null) {
        sequences.add(sequence);
        continue;
      }
      Slice slice = (Slice) column.op();
      Var element =
          wholes.computeIfAbsent(
              column.input(0), w -> w.another(Type.real(w.shape().last(w.shape().rank() - 1))));
      Slice inside = new Slice(slice.axis() - 1, slice.from(), slice.to(), slice.step());
      step.add(new Equation(sequence.formal(), inside, List.of(element), column.origin()));
    }
    wholes.forEach((whole, element) -> sequences.add(new Input(element, whole)));
    step.addAll(scan.step());
    return wholes.isEmpty() ? e : scan.with(sequences, scan.constants(), step).equation();
  }

  /** {@code W_gi} of {@code W_g} and {@code W_i}, or nothing if names have nothing alike. */
  static Label hint(List<Var> parts) {
    List<String> names = parts.stream().map(v -> v.label().text()).toList();
    String prefix = names.get(0);
    for (String name : names) {
      while (!name.startsWith(prefix)) {
        prefix = prefix.substring(0, prefix.length() - 1);
      }
    }
    if (prefix.isEmpty()) {
      return Label.NONE;
    }
    StringBuilder suffixes = new StringBuilder();
    for (String name : names) {
      String suffix = name.substring(prefix.length());
      suffixes.append(suffix.length() <= LONGEST_SUFFIX ? suffix : "");
    }
    return Label.hint(prefix + suffixes);
  }
}
