package dev.peephole.pass.verify;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Box;
import dev.peephole.kernel.IndexRanges;
import dev.peephole.kernel.Interval;
import dev.peephole.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which numbers a kernel reads and writes: for each place in a loop or a call, the box of all that
 * it may be. Refuses what lies outside of its value, and loops that write a place twice.
 */
final class Accesses {
  private final Optional<Integer> time;
  private final List<Access> reads = new ArrayList<>();
  private final List<Access> writes = new ArrayList<>();
  private final Set<Scalar.Load> done = new HashSet<>();
  private final Set<Var> local = new HashSet<>();

  /**
   * A number that a kernel reads or writes.
   *
   * @param statement which statement of a loop it belongs to, counted from 0
   * @param at its place, at each place of the loop
   * @param box all of these places
   * @param own whether a statement before has just written it
   */
  record Access(int statement, Var var, List<Index> at, Box box, boolean own) {}

  /**
   * @param time how many time steps the recurrence around it has, if there is one
   * @throws Refused if the kernel breaks a rule by itself
   */
  Accesses(Kernel kernel, Optional<Integer> time) {
    this.time = time;
    if (kernel instanceof Kernel.Loop loop) {
      loop(loop);
    } else if (kernel instanceof Kernel.Reduce reduce) {
      reduce(reduce);
    } else if (kernel instanceof Kernel.Call call) {
      call.equation().inputs().forEach(input -> reads.add(whole(input)));
      writes.add(whole(call.equation().out()));
    }
  }

  /** A rule that a kernel breaks. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  List<Access> reads() {
    return reads;
  }

  List<Access> writes() {
    return writes;
  }

  private static Access whole(Var var) {
    Shape shape = var.shape();
    return new Access(0, var, Kernel.positions(shape), Box.whole(shape), false);
  }

  private void loop(Kernel.Loop loop) {
    IndexRanges places = new IndexRanges(loop.domain(), time);
    for (int i = 0; i < loop.body().size(); i++) {
      Kernel.Statement s = loop.body().get(i);
      read(i, s.value(), places, false);
      Access to = access(i, s.load(), places, false);
      requireEachPlaceOnce(loop.domain(), to);
      if (s.stored()) {
        writes.add(to);
      } else {
        local.add(s.out());
      }
      done.add(s.load());
    }
    Kernel.Statement last = loop.last();
    boolean all = last.stored() && Box.whole(last.out().shape()).equals(box(last.load(), places));
    if (loop.function().isPresent() && !all) {
      throw new Refused("applies a function to all of " + last.out() + ", and writes a part of it");
    }
  }

  private void reduce(Kernel.Reduce reduce) {
    Shape result = reduce.domain().without(reduce.op().axes());
    if (!result.equals(reduce.out().shape())) {
      throw new Refused("reduces to " + result + " what goes into " + reduce.out());
    }
    read(0, reduce.value(), new IndexRanges(reduce.domain(), time), false);
    read(0, reduce.finish(), new IndexRanges(result, time), true);
    writes.add(whole(reduce.out()));
  }

  /** Notes what an expression reads, where it is computed at all. */
  private void read(int statement, Scalar scalar, IndexRanges places, boolean joined) {
    if (scalar instanceof Scalar.WhereWithin where) {
      read(statement, where.position(), places);
      places.inside(where).ifPresent(p -> read(statement, where.then(), p, joined));
      places.outside(where).ifPresent(p -> read(statement, where.otherwise(), p, joined));
      return;
    } else if (scalar instanceof Scalar.Load load) {
      load(statement, load, places);
    } else if (scalar instanceof Scalar.Local && !(joined && scalar == Kernel.Reduce.JOINED)) {
      throw new Refused("reads " + scalar + ", which nothing has computed");
    }
    scalar.of(
        part -> {
          read(statement, part, places, joined);
          return part;
        },
        position -> {
          read(statement, position, places);
          return position;
        });
  }

  /** Notes the labels that a position depends on. */
  private void read(int statement, Index position, IndexRanges places) {
    position.forEach(
        variable -> {
          if (variable instanceof Index.Label label) {
            read(statement, label.label(), places, false);
          }
        });
  }

  private void load(int statement, Scalar.Load load, IndexRanges places) {
    boolean own = done.contains(load);
    if (local.contains(load.var())) {
      if (!own) {
        throw new Refused("reads " + load.var().name() + " elsewhere than where the loop stands");
      }
      return;
    }
    reads.add(access(statement, load, places, own));
  }

  private static Access access(int statement, Scalar.Load load, IndexRanges places, boolean own) {
    return new Access(statement, load.var(), load.at(), box(load, places), own);
  }

  private static Box box(Scalar.Load load, IndexRanges places) {
    Var var = load.var();
    if (load.at().size() != var.shape().rank()) {
      throw new Refused(load.at().size() + " positions in " + var);
    }
    List<Interval> intervals = load.at().stream().map(index -> interval(index, places)).toList();
    Box box = new Box(var.shape(), intervals);
    if (!box.isInside()) {
      throw new Refused("goes to " + box + " of " + var + ", outside of its shape");
    }
    return box;
  }

  private static Interval interval(Index index, IndexRanges places) {
    try {
      return places.of(index);
    } catch (IllegalArgumentException e) {
      throw new Refused(e.getMessage());
    }
  }

  /** Each axis of the domain is one of the value, perhaps with others behind it or in front. */
  private static void requireEachPlaceOnce(Shape domain, Access to) {
    Set<Index> axes = new HashSet<>();
    for (Index index : to.at()) {
      boolean fixed = index.factors().isEmpty();
      boolean along =
          index.base().factors().keySet().stream().allMatch(Index.Loop.class::isInstance);
      boolean one = index.factors().size() == 1 && index.factors().containsValue(1) && along;
      if (!fixed && !(one && axes.add(index.base()))) {
        throw new Refused("writes " + to.var() + " at " + index + ", no place of its own");
      }
    }
    for (int axis = 0; axis < domain.rank(); axis++) {
      if (domain.axis(axis) != 1 && !axes.contains(Index.loop(axis))) {
        throw new Refused("writes a place of " + to.var() + " for each step along axis " + axis);
      }
    }
    if (!to.box().isPart()) {
      throw new Refused("writes " + to.box() + " of " + to.var() + ", not whole examples");
    }
  }
}
