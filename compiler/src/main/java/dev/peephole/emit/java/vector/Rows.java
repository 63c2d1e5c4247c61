package dev.peephole.emit.java.vector;

import dev.peephole.emit.Extents;
import dev.peephole.emit.ReduceLoops;
import dev.peephole.ir.Element;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Loads;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Sum;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which loops go along rows in such a way that a vector of neighbours can take the place of a
 * number: the innermost position is the last one of whatever is read or written, or nowhere in it.
 */
final class Rows {
  /** Along shorter rows, vectors gain less than it takes to compile code for them. */
  static final int SHORTEST = 32;

  /**
   * With so many operations in one loop, the just-in-time compiler still keeps all vectors in
   * registers; with very many more it would give up and allocate them.
   */
  private static final int MOST_OPERATIONS = 400;

  private final int axis;
  private final int length;

  private Rows(Shape domain) {
    axis = domain.rank() - 1;
    length = domain.axis(axis);
  }

  /**
   * Whether vectors can do what the loop does, and the just-in-time compiler does not by itself.
   */
  static boolean suit(Kernel.Loop loop) {
    Rows rows = new Rows(loop.domain());
    return Extents.loopedOver(loop.domain()).size() > 1
        && !loop.isFlat()
        && loop.body().stream().allMatch(s -> rows.fits(s) && rows.readsInOrder(s, loop))
        && rows.operations(loop) <= MOST_OPERATIONS;
  }

  /** The same for a sum over the outer axes. */
  static boolean suitSum(Kernel.Reduce reduce) {
    Rows rows = new Rows(reduce.domain());
    return Extents.loopedOver(reduce.domain()).size() > 1
        && reduce.op() instanceof Sum
        && rows.varies(reduce.value())
        && rows.fits(reduce.value());
  }

  /** The same for a reduction over other axes than the last, a vector of results at a time. */
  static boolean suitResults(Kernel.Reduce reduce) {
    Rows rows = new Rows(reduce.domain());
    Scalar joined = reduce.op().join(Kernel.Reduce.JOINED, reduce.value());
    return !reduce.op().axes().contains(rows.axis)
        && reduce.out().element() == Element.REAL
        && rows.fits(joined)
        && rows.fits(ReduceLoops.finish(reduce));
  }

  /** Whether rows are long enough for vectors to begin each. */
  static boolean areLong(Shape domain) {
    return new Rows(domain).length >= SHORTEST;
  }

  /** Whether a number differs from one place of a row to the next. */
  static boolean vary(Shape domain, Scalar scalar) {
    return new Rows(domain).varies(scalar);
  }

  private boolean fits(Statement s) {
    return s.out().element() == Element.REAL && (!s.stored() || isAlong(s.at())) && fits(s.value());
  }

  /** What the loop itself computes is read where it is computed, or not at all. */
  private boolean readsInOrder(Statement s, Kernel.Loop loop) {
    return Loads.of(s.value()).stream()
        .allMatch(
            load ->
                loop.body().stream()
                    .filter(other -> other.out() == load.var())
                    .allMatch(
                        other -> other.at().equals(load.at()) || areApart(other.at(), load.at())));
  }

  /** Whether these are different columns of a value, no number of which is in both rows. */
  private boolean areApart(List<Index> a, List<Index> b) {
    int last = a.size() - 1;
    return isAlong(a)
        && isAlong(b)
        && a.subList(0, last).equals(b.subList(0, last))
        && Math.abs(start(a.get(last)) - start(b.get(last))) >= length;
  }

  private static int start(Index index) {
    return index.constant();
  }

  private boolean fits(Scalar scalar) {
    if (!varies(scalar)) {
      return true;
    }
    if (scalar instanceof Scalar.Load load) {
      return load.var().element() == Element.REAL && isAlong(load.at());
    }
    if (scalar.equals(Kernel.Reduce.JOINED)) {
      return true;
    }
    return scalar instanceof Scalar.Apply apply
        && ((Elementwise) apply.op()).vectors().isPresent()
        && apply.inputs().stream().allMatch(this::fits)
        && truthsVary(apply);
  }

  /** A vector of truths is not made of one that is the same all along a row. */
  private boolean truthsVary(Scalar.Apply apply) {
    Elementwise op = (Elementwise) apply.op();
    return IntStream.range(0, apply.inputs().size())
        .allMatch(i -> !op.takesTruth(i) || varies(apply.inputs().get(i)));
  }

  /** Each number is read once, and computed and written as the statements say. */
  private int operations(Kernel.Loop loop) {
    long reads = Loads.of(loop).stream().filter(this::varies).distinct().count();
    return (int) reads + loop.body().stream().mapToInt(s -> 1 + operations(s.value())).sum();
  }

  private int operations(Scalar scalar) {
    return scalar instanceof Scalar.Apply apply && varies(scalar)
        ? 1 + apply.inputs().stream().mapToInt(this::operations).sum()
        : 0;
  }

  /** Whether neighbours in the loop are neighbours there. */
  private boolean isAlong(List<Index> at) {
    int last = at.size() - 1;
    if (last < 0 || at.subList(0, last).stream().anyMatch(this::varies)) {
      return false;
    }
    return at.get(last).base().equals(Index.loop(axis));
  }

  private boolean varies(Index index) {
    return Loads.dependsOn(index, axis);
  }

  /** What has been joined so far is a number of each place of a row. */
  private boolean varies(Scalar scalar) {
    boolean[] found = {Loads.dependsOn(scalar, axis)};
    scalar.forEach(part -> found[0] |= part.equals(Kernel.Reduce.JOINED), variable -> {});
    return found[0];
  }
}
