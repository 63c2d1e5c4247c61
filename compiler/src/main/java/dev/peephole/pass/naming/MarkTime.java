package dev.peephole.pass.naming;

import dev.peephole.ir.Axis;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which axes are time, so that formulas and loops call all of them {@code t}.
 *
 * <pre>
 * before   x: [N, 24, 1]     h: [24, N, 8] = scan of x[n, t → t, n]
 * after    x: [N, 24ₜ, 1]
 * </pre>
 *
 * <p>An axis is time if a recurrence goes along it, if it is open, or if it is in front of the
 * batch; and so is each axis whose places go with those of such an axis, as each op says of its own
 * ({@link dev.peephole.ir.Op#sameAxes}), forward and back. Where places of time go with what else
 * is a plain axis, such as the rows of a matrix that a whole sequence is multiplied by, that is
 * time too: what is computed place by place has one letter. In a recurrence the time step is {@code
 * t}, and axes of time, such as those of a memory that each step reads, are {@code s}.
 */
public final class MarkTime implements Pass {

  @Override
  public Function run(Function function) {
    Search search = new Search();
    search.collect(function, 0);
    return Renaming.to(search.timed()).apply(function);
  }

  /** Goes from the axes that are known to be time to those that are the same. */
  private static final class Search {
    private final Map<Axis, List<List<Axis>>> groups = new HashMap<>();
    private final Map<Var, Integer> around = new HashMap<>();
    private final Set<Axis> times = new HashSet<>();
    private final Deque<Axis> found = new ArrayDeque<>();

    private void collect(Function function, int recurrences) {
      function.inputs().forEach(input -> known(input, recurrences));
      for (Equation e : function.equations()) {
        e.outs().forEach(out -> known(out, recurrences));
        e.op()
            .sameAxes(e)
            .forEach(
                same ->
                    same.forEach(
                        axis -> groups.computeIfAbsent(axis, a -> new ArrayList<>()).add(same)));
        if (e.op() instanceof Scan scan) {
          Recurrence.of(e).sequences().forEach(input -> time(new Axis(input.given(), 0)));
          e.outs().forEach(sequence -> time(new Axis(sequence, 0)));
          collect(scan.step(), recurrences + 1);
        }
      }
    }

    private void known(Var var, int recurrences) {
      around.put(var, recurrences);
      for (int i = 0; i < var.shape().rank(); i++) {
        if (var.shape().isTime(i)) {
          time(new Axis(var, i));
        }
      }
    }

    private void time(Axis axis) {
      if (times.add(axis)) {
        found.add(axis);
      }
    }

    private Map<Var, Var> timed() {
      while (!found.isEmpty()) {
        groups.getOrDefault(found.remove(), List.of()).forEach(same -> same.forEach(this::time));
      }
      Map<Var, Set<Integer>> positions = new HashMap<>();
      times.forEach(
          axis -> positions.computeIfAbsent(axis.var(), v -> new HashSet<>()).add(axis.position()));
      Map<Var, Var> timed = new HashMap<>();
      positions.forEach((var, axes) -> timed.put(var, var.timed(axes, around.get(var))));
      return timed;
    }
  }
}
