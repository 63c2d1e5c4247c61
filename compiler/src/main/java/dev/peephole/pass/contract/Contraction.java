package dev.peephole.pass.contract;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.FromWindows;
import dev.peephole.op.Matmul;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A product of two values, number by number, and its sum along some axes: what a matrix product
 * comes to, whose sides are values with their axes put together, and whose result is taken apart
 * again.
 */
final class Contraction {
  private final Pieces pieces = new Pieces();
  private final List<Side> sides = new ArrayList<>();
  private final List<Spread> spreads = new ArrayList<>();
  private List<List<Integer>> out = List.of();

  /** One of the two values. */
  record Side(Var value, List<List<Integer>> axes) {}

  /**
   * That the windows along a piece of a side are put back to where they were taken.
   *
   * @param within the piece of a window's places
   */
  record Spread(Side side, int along, int within, FromWindows op) {}

  private Contraction() {}

  /**
   * A product as a sum; empty if axes do not come out even.
   *
   * @param left the ops that lead from a value to its left side
   * @param right those that lead to its right side
   */
  static Optional<Contraction> of(Equation product, List<Equation> left, List<Equation> right) {
    Contraction contraction = new Contraction();
    return contraction
        .side(product.input(0), left)
        .flatMap(
            a ->
                contraction
                    .side(product.input(1), right)
                    .filter(b -> contraction.multiply(product, a, b)))
        .map(done -> contraction);
  }

  private Optional<List<List<Integer>>> side(Var operand, List<Equation> way) {
    Var value = way.isEmpty() ? operand : way.get(0).input(0);
    sides.add(new Side(value, pieces.axes(value.shape())));
    Optional<List<List<Integer>>> axes = Optional.of(sides.get(sides.size() - 1).axes);
    for (Equation e : way) {
      axes = axes.flatMap(before -> pieces.after(e.op(), before));
    }
    return axes;
  }

  private boolean multiply(Equation product, List<List<Integer>> a, List<List<Integer>> b) {
    Matmul op = (Matmul) product.op();
    Shape shape = product.out().shape();
    Matmul.Outer rows = op.outer(0, product.input(0).shape(), shape);
    Matmul.Outer columns = op.outer(1, product.input(1).shape(), shape);
    List<Integer> inLeft = product.input(0).shape().others(rows.side());
    List<Integer> inRight = product.input(1).shape().others(columns.side());
    boolean shared =
        IntStream.range(0, op.shared()).allMatch(i -> pieces.unify(a.get(i), b.get(i)));
    boolean inner =
        shared
            && IntStream.range(0, inLeft.size())
                .allMatch(i -> pieces.unify(a.get(inLeft.get(i)), b.get(inRight.get(i))));
    List<List<Integer>> result = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      int row = rows.result().indexOf(i);
      int column = columns.result().indexOf(i);
      result.add(row >= 0 ? a.get(rows.side().get(row)) : b.get(columns.side().get(column)));
    }
    out = result;
    return inner;
  }

  /** Takes in what becomes of the result, where that is a sum of the same products. */
  boolean then(Op op) {
    if (op instanceof FromWindows windows) {
      return putBack(windows);
    }
    Optional<List<List<Integer>>> next =
        op instanceof Sum sum ? Optional.of(without(sum.axes())) : pieces.after(op, out);
    next.ifPresent(axes -> out = axes);
    return next.isPresent();
  }

  private List<List<Integer>> without(List<Integer> axes) {
    return IntStream.range(0, out.size())
        .filter(i -> !axes.contains(i))
        .mapToObj(out::get)
        .toList();
  }

  private boolean putBack(FromWindows op) {
    List<Integer> along = single(pieces.now(out.get(op.axis())));
    List<Integer> within = single(pieces.now(out.get(op.within())));
    List<Side> moved = sides.stream().filter(side -> axes(side).contains(along)).toList();
    boolean single =
        along.size() == 1
            && pieces.length(along.get(0)) == 1
            && sides.stream().noneMatch(side -> places(side).containsAll(along));
    boolean possible = along.size() == 1 && within.size() == 1 && (moved.size() == 1 || single);
    if (possible) {
      Side side = single ? sides.get(0) : moved.get(0);
      spreads.add(new Spread(side, along.get(0), within.get(0), op));
      pieces.resize(along.get(0), op.length());
      pieces.keep(within.get(0));
    }
    return possible;
  }

  /** One of several pieces that have one place. */
  private List<Integer> single(List<Integer> axis) {
    return axis.stream().allMatch(piece -> length(piece) == 1) ? axis.subList(0, 1) : axis;
  }

  /** The windows that are put back. */
  List<Spread> spreads() {
    return spreads;
  }

  List<Side> sides() {
    return sides;
  }

  /** The axes of a side, as the pieces that they are now known to consist of. */
  List<List<Integer>> axes(Side side) {
    return pieces.nowOf(side.axes);
  }

  private List<Integer> places(Side side) {
    return axes(side).stream().flatMap(List::stream).toList();
  }

  /**
   * What is left of the pieces when all sums are taken, in the order of the result, without those
   * of one place that neither side has.
   */
  List<Integer> kept() {
    Set<Integer> known = new LinkedHashSet<>();
    sides.forEach(side -> known.addAll(places(side)));
    spreads.forEach(spread -> known.add(spread.along));
    return pieces.nowOf(out).stream()
        .flatMap(List::stream)
        .filter(piece -> length(piece) != 1 || known.contains(piece))
        .toList();
  }

  int length(int piece) {
    return pieces.length(piece);
  }

  /**
   * All pieces, in an order in which those of the result and of the sides are in theirs, as far as
   * that is possible; empty if one is in neither side.
   */
  Optional<List<Integer>> domain() {
    List<Integer> left = places(sides.get(0));
    List<Integer> right = places(sides.get(1));
    Set<Integer> all = new LinkedHashSet<>(left);
    all.addAll(right);
    spreads.forEach(spread -> all.add(spread.along));
    boolean known = all.containsAll(kept().stream().filter(p -> pieces.length(p) != 1).toList());
    all.addAll(kept());
    return Optional.of(
            merged(all, List.of(kept(), left, right))
                .or(() -> merged(all, List.of(kept(), left)))
                .orElseGet(() -> merged(all, List.of(kept())).orElseThrow()))
        .filter(domain -> known);
  }

  /** Pieces in an order that agrees with all of these, if there is one. */
  private static Optional<List<Integer>> merged(Set<Integer> all, List<List<Integer>> orders) {
    Set<Integer> done = new LinkedHashSet<>();
    while (done.size() < all.size()) {
      Optional<Integer> next =
          all.stream()
              .filter(piece -> !done.contains(piece))
              .filter(
                  piece ->
                      orders.stream()
                          .filter(order -> order.contains(piece))
                          .allMatch(
                              order -> done.containsAll(order.subList(0, order.indexOf(piece)))))
              .findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      done.add(next.get());
    }
    return Optional.of(List.copyOf(done));
  }
}
