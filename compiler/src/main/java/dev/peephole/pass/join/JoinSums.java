package dev.peephole.pass.join;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Matmul;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The part of {@link JoinProducts} that makes one product of a sum of products a · bᵀ. */
final class JoinSums {
  private static final Matmul PRODUCT = new Matmul(Matmul.Form.RIGHT_TRANSPOSED, 0);

  private final List<Equation> equations;
  private final SideBySide places;
  private final Map<Var, Integer> ranks;
  private final boolean step;
  private final Map<Var, Equation> definitions = new HashMap<>();
  private final Map<Var, Integer> reads = new HashMap<>();

  /** As {@link JoinAlike}. */
  JoinSums(List<Equation> equations, SideBySide places, Map<Var, Integer> ranks, boolean step) {
    this.equations = equations;
    this.places = places;
    this.ranks = ranks;
    this.step = step;
  }

  void run(List<Var> outputs) {
    outputs.forEach(v -> reads.merge(v, 1, Integer::sum));
    Set<Var> inner = new HashSet<>();
    for (Equation e : equations) {
      e.outs().forEach(out -> definitions.put(out, e));
      e.inputs().forEach(v -> reads.merge(v, 1, Integer::sum));
      if (e.op() == Elementwise.ADD) {
        inner.addAll(e.inputs());
      }
    }
    for (Equation e : List.copyOf(equations)) {
      if (e.op() == Elementwise.ADD && !(inner.contains(e.out()) && isOnlyTerm(e.out()))) {
        join(e);
      }
    }
  }

  /** Whether a value is a term of one sum and nothing else. */
  private boolean isOnlyTerm(Var var) {
    return reads.get(var) == 1;
  }

  private void join(Equation sum) {
    List<Var> terms = new ArrayList<>();
    collect(sum, terms);
    Map<Optional<Integer>, List<Equation>> products = new LinkedHashMap<>();
    for (Var term : terms) {
      Equation e = definitions.get(term);
      if (e != null && isProduct(e)) {
        products.computeIfAbsent(places.scan(e.input(0)), s -> new ArrayList<>()).add(e);
      }
    }
    Map<Equation, Var> instead = new HashMap<>();
    for (List<Equation> group : products.values()) {
      boolean distinct =
          group.stream().map(e -> e.input(0)).distinct().count() == group.size()
              && group.stream().map(e -> e.input(1)).distinct().count() == group.size();
      if (group.size() > 1 && distinct) {
        Var joined = product(group, sum);
        group.forEach(e -> instead.put(e, joined));
      }
    }
    if (!instead.isEmpty()) {
      replace(
          sum,
          terms.stream().map(t -> instead.getOrDefault(definitions.get(t), t)).distinct().toList());
    }
  }

  private void collect(Equation sum, List<Var> terms) {
    for (Var input : sum.inputs()) {
      Equation e = definitions.get(input);
      if (e != null && e.op() == Elementwise.ADD && isOnlyTerm(input)) {
        collect(e, terms);
      } else {
        terms.add(input);
      }
    }
  }

  /** The sums that a sum is made of. */
  private Stream<Equation> inner(Equation sum) {
    return sum.inputs().stream()
        .map(definitions::get)
        .filter(e -> e != null && e.op() == Elementwise.ADD && isOnlyTerm(e.out()))
        .flatMap(e -> Stream.concat(Stream.of(e), inner(e)));
  }

  private boolean isProduct(Equation e) {
    return e.op().equals(PRODUCT)
        && isOnlyTerm(e.out())
        && ranks.containsKey(e.input(1))
        && (step || e.input(0).shape().rank() > 2);
  }

  private Var product(List<Equation> group, Equation sum) {
    List<Equation> sorted = new ArrayList<>(group);
    sorted.sort(Comparator.comparing(e -> ranks.get(e.input(1))));
    List<Var> order = places.settled(sorted.stream().map(e -> e.input(0)).toList());
    sorted.sort(Comparator.comparing(e -> order.indexOf(e.input(0))));
    Var left = places.sideBySide(order, sum);
    Var right = places.sideBySide(sorted.stream().map(e -> e.input(1)).toList(), sum);
    Var out = sum.out().another("");
    List<Origin> origins = new ArrayList<>(List.of(sum.origin()));
    sorted.forEach(e -> origins.add(e.origin()));
    Origin joined = Origin.of(JoinProducts.NAME, origins);
    places.insertBefore(sum, new Equation(out, PRODUCT, List.of(left, right), joined));
    return out;
  }

  /** Writes a sum of these terms in place of another. */
  private void replace(Equation sum, List<Var> terms) {
    if (terms.size() == 1) {
      int last = equations.indexOf(sum) - 1;
      Equation product = equations.remove(last);
      Origin whole =
          Origin.equal(JoinProducts.NAME, List.of(sum.origin()), List.of(product.origin()));
      equations.set(last, new Equation(sum.out(), product.op(), product.inputs(), whole));
      return;
    }
    List<Origin> origins = inner(sum).map(Equation::origin).toList();
    Origin sums = Origin.equal(JoinProducts.NAME, List.of(sum.origin()), origins);
    Var sofar = terms.get(0);
    for (Var term : terms.subList(1, terms.size() - 1)) {
      Var next = sum.out().another("");
      places.insertBefore(
          sum,
          new Equation(
              next, Elementwise.ADD, List.of(sofar, term), Origin.of(JoinProducts.NAME, sums)));
      sofar = next;
    }
    List<Var> last = List.of(sofar, terms.get(terms.size() - 1));
    equations.set(equations.indexOf(sum), new Equation(sum.out(), Elementwise.ADD, last, sums));
  }
}
