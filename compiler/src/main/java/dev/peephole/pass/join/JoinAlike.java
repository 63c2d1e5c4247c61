package dev.peephole.pass.join;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Matmul;
import dev.peephole.op.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@link JoinProducts} that makes one product of those with the same left side. */
final class JoinAlike {
  private final List<Equation> equations;
  private final SideBySide places;
  private final Map<Var, Integer> ranks;
  private final boolean step;

  /**
   * @param equations changed in place
   * @param ranks what is known from the start, in the order in which it is put side by side
   * @param step whether they are those of one time step
   */
  JoinAlike(List<Equation> equations, SideBySide places, Map<Var, Integer> ranks, boolean step) {
    this.equations = equations;
    this.places = places;
    this.ranks = ranks;
    this.step = step;
  }

  /**
   * What products have in common that can be one.
   *
   * @param scan which recurrence the right sides come from, if from one
   * @param reader which recurrence goes through the results, if one does
   */
  private record Key(Op op, Var left, Optional<Integer> scan, Optional<Equation> reader) {}

  void run() {
    Map<Key, List<Equation>> groups = new LinkedHashMap<>();
    for (Equation e : equations) {
      if (e.op() instanceof Matmul matmul && matmul.shared() == 0 && isJoinable(e, matmul)) {
        Var right = e.input(1);
        Key key = new Key(matmul, e.input(0), places.scan(right), reader(e.out()));
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(e);
      }
    }
    groups.forEach(
        (key, products) -> {
          if (products.stream().map(e -> e.input(1)).distinct().count() > 1) {
            join(products);
          }
        });
  }

  private Optional<Equation> reader(Var var) {
    return equations.stream()
        .filter(e -> e.op() instanceof Scan && e.inputs().contains(var))
        .findFirst();
  }

  private boolean isJoinable(Equation e, Matmul matmul) {
    boolean often = step || e.input(0).shape().rank() > 2;
    return often
        && switch (matmul.form()) {
          case PLAIN -> ranks.containsKey(e.input(1));
          case LEFT_TRANSPOSED -> places.scan(e.input(1)).isPresent() && isReadLater(e);
          case RIGHT_TRANSPOSED -> false;
        };
  }

  /** Whether a result is read by nothing else here, but at the end. */
  private boolean isReadLater(Equation product) {
    return equations.stream().noneMatch(e -> e.inputs().contains(product.out()));
  }

  private void join(List<Equation> products) {
    boolean weights = ranks.containsKey(products.get(0).input(1));
    Equation place = products.get(weights ? 0 : products.size() - 1);
    List<Equation> sorted = new ArrayList<>(products);
    if (weights) {
      sorted.sort(Comparator.comparing(e -> ranks.get(e.input(1))));
    }
    List<Var> order = places.settled(sorted.stream().map(e -> e.input(1)).toList());
    sorted.sort(Comparator.comparing(e -> order.indexOf(e.input(1))));
    Var right = places.sideBySide(order, place);
    int axis = place.out().shape().rank() - 1;
    int columns = right.shape().axis(right.shape().rank() - 1);
    Label alike = SideBySide.hint(sorted.stream().map(Equation::out).toList());
    Label factors = Label.hint(place.input(0).label().text() + right.label().text());
    Var whole =
        Var.of(
            alike.equals(Label.NONE) ? factors : alike,
            Type.real(place.out().shape().with(axis, columns)));
    List<Origin> origins = new ArrayList<>(List.of(place.origin()));
    products.forEach(e -> origins.add(e.origin()));
    Origin all = Origin.of(JoinProducts.NAME, origins);
    places.insertBefore(
        place, new Equation(whole, place.op(), List.of(place.input(0), right), all));
    int from = 0;
    for (Equation product : sorted) {
      int to = from + product.out().shape().axis(axis);
      Origin origin = Origin.replacing(JoinProducts.NAME, product.origin());
      places.insertBefore(
          place, new Equation(product.out(), new Slice(axis, from, to), List.of(whole), origin));
      from = to;
    }
    equations.removeAll(products);
  }
}
