package dev.peephole.kernel;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** Looks through expressions for what they read. */
public final class Loads {
  private Loads() {}

  /** Every number that an expression reads, positions by labels included. */
  public static List<Scalar.Load> of(Scalar scalar) {
    List<Scalar.Load> loads = new ArrayList<>();
    scalar.forEach(
        part -> {
          if (part instanceof Scalar.Load load) {
            loads.add(load);
          }
        },
        variable -> {});
    return loads;
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
      recurrence.states().forEach(state -> loads.addAll(of(state.first())));
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
  static boolean comparesPositions(Scalar scalar) {
    boolean[] found = {false};
    scalar.forEach(
        part ->
            found[0] |=
                part instanceof Scalar.WhereSame
                    || part instanceof Scalar.WhereWithin
                    || part instanceof Scalar.Before,
        variable -> found[0] |= variable instanceof Index.Label);
    return found[0];
  }

  /** Whether an expression depends on where the loop over an axis stands. */
  public static boolean dependsOn(Scalar scalar, int axis) {
    boolean[] found = {false};
    scalar.forEach(part -> {}, variable -> found[0] |= variable.equals(new Index.Loop(axis)));
    return found[0];
  }

  /** Whether a position depends on where the loop over an axis stands. */
  public static boolean dependsOn(Index position, int axis) {
    boolean[] found = {false};
    position.forEach(
        variable ->
            found[0] |=
                variable.equals(new Index.Loop(axis))
                    || variable instanceof Index.Label label && dependsOn(label.label(), axis));
    return found[0];
  }
}
