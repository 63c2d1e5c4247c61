package dev.peephole.kernel;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks through expressions for what they read. */
public final class Loads {
  private Loads() {}

  /** Every number that an expression reads, positions by labels included. */
  public static List<Scalar.Load> of(Scalar scalar) {
    List<Scalar.Load> loads = new ArrayList<>();
    visit(scalar, s -> add(s, loads));
    return loads;
  }

  private static void add(Scalar scalar, List<Scalar.Load> loads) {
    if (scalar instanceof Scalar.Load load) {
      loads.add(load);
    }
  }

  /** Everything that a kernel reads. */
  public static List<Scalar.Load> of(Kernel kernel) {
    List<Scalar.Load> loads = new ArrayList<>();
    if (kernel instanceof Kernel.Loop loop) {
      loop.body().forEach(s -> loads.addAll(of(s.value())));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      loads.addAll(of(reduce.value()));
      loads.addAll(of(reduce.finish()));
    } else if (kernel instanceof Kernel.Call call) {
      call.equation().inputs().forEach(v -> loads.add(whole(v)));
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence.first().forEach(first -> loads.addAll(of(first)));
      recurrence.given().forEach(v -> loads.add(whole(v)));
    } else if (kernel instanceof Kernel.Alias alias) {
      loads.add(whole(alias.of()));
    }
    return loads;
  }

  private static Scalar.Load whole(Var var) {
    return new Scalar.Load(var, Kernel.positions(var.shape()));
  }

  /** Whether positions are used other than to read numbers where the loop stands. */
  public static boolean comparesPositions(Scalar scalar) {
    boolean[] found = {false};
    visit(
        scalar,
        s ->
            found[0] |=
                s instanceof Scalar.WhereSame
                    || s instanceof Scalar.WhereWithin
                    || s instanceof Scalar.Before
                    || s instanceof Scalar.Load load
                        && load.at().stream().anyMatch(Index.Label.class::isInstance));
    return found[0];
  }

  /** Whether an expression depends on where the loop over an axis stands. */
  public static boolean dependsOn(Scalar scalar, int axis) {
    boolean[] found = {false};
    visit(scalar, s -> {}, index -> found[0] |= index.equals(new Index.Loop(axis)));
    return found[0];
  }

  /** Whether a position depends on where the loop over an axis stands. */
  public static boolean dependsOn(Index position, int axis) {
    boolean[] found = {false};
    visit(position, s -> {}, index -> found[0] |= index.equals(new Index.Loop(axis)));
    return found[0];
  }

  private static void visit(Scalar scalar, Consumer<Scalar> visitor) {
    visit(scalar, visitor, index -> {});
  }

  private static void visit(Scalar scalar, Consumer<Scalar> visitor, Consumer<Index> positions) {
    visitor.accept(scalar);
    if (scalar instanceof Scalar.Apply apply) {
      apply.inputs().forEach(s -> visit(s, visitor, positions));
    } else if (scalar instanceof Scalar.Load load) {
      load.at().forEach(i -> visit(i, visitor, positions));
    } else if (scalar instanceof Scalar.WhereSame where) {
      visit(where.left(), visitor, positions);
      visit(where.right(), visitor, positions);
      visit(where.then(), visitor, positions);
      visit(where.otherwise(), visitor, positions);
    } else if (scalar instanceof Scalar.WhereWithin where) {
      visit(where.position(), visitor, positions);
      visit(where.then(), visitor, positions);
      visit(where.otherwise(), visitor, positions);
    } else if (scalar instanceof Scalar.Before before) {
      visit(before.position(), visitor, positions);
      visit(before.limit(), visitor, positions);
    }
  }

  private static void visit(Index index, Consumer<Scalar> visitor, Consumer<Index> positions) {
    positions.accept(index);
    if (index instanceof Index.Label label) {
      visit(label.label(), visitor, positions);
    } else if (index instanceof Index.Shifted shifted) {
      visit(shifted.base(), visitor, positions);
    }
  }
}
