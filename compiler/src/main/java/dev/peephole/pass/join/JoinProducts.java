package dev.peephole.pass.join;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one product of several in recurrences and over all their steps: of those with the same left
 * side, the right sides side by side; of a sum of products, both sides side by side. A gate is then
 * some columns of a product, and the weights of all gates are one matrix, put together once.
 *
 * <pre>
 * before   xW_g = x · W_g              xW_i = x · W_i
 *          ds = dz_g · U_gᵀ + dz_i · U_iᵀ
 *          dU_g = sPrevᵀ · dz_g        dU_i = sPrevᵀ · dz_i
 * after    W_gi = [W_g, W_i]           xW_gi = x · W_gi      xW_g = xW_gi[0..8]    xW_i = xW_gi[8..16]
 *          dz_gi = [dz_g; dz_i]        U_gi = [U_g; U_i]     ds = dz_gi · U_giᵀ
 *          dU_gi = sPrevᵀ · dz_gi      dU_g = dU_gi[0..8]    dU_i = dU_gi[8..16]
 * </pre>
 *
 * Products outside recurrences are left alone: putting their weights together would cost as much as
 * it saves.
 */
public final class JoinProducts implements Pass {
  /** What it is called in the origins of what it makes. */
  static final String NAME = Pass.nameOf(JoinProducts.class);

  private final boolean alike;
  private final boolean sums;

  /**
   * @param optimizations whether products that are alike are to be joined, and those of a sum
   */
  public JoinProducts(Set<Optimization> optimizations) {
    this.alike = optimizations.contains(Optimization.JOINED_PRODUCTS);
    this.sums = optimizations.contains(Optimization.JOINED_SUMS);
  }

  @Override
  public Function run(Function function) {
    Map<Var, Integer> ranks = new HashMap<>();
    function.inputs().forEach(v -> ranks.put(v, ranks.size()));
    return joined(function, ranks, false);
  }

  /**
   * @param ranks what is known from the start, in the order in which it is put side by side
   * @param step whether the function is a step of a recurrence
   */
  private Function joined(Function function, Map<Var, Integer> ranks, boolean step) {
    List<Equation> equations = new ArrayList<>();
    function.equations().forEach(e -> equations.add(inside(e, ranks)));
    SideBySide places = new SideBySide(equations);
    if (sums) {
      new JoinSums(equations, places, ranks, step).run(function.outputs());
    }
    if (alike) {
      new JoinAlike(equations, places, ranks, step).run();
    }
    places.takeSlicesInside();
    return function.withEquations(equations);
  }

  /** The same for the step of a scan. */
  private Equation inside(Equation e, Map<Var, Integer> ranks) {
    if (!(e.op() instanceof Scan scan)) {
      return e;
    }
    Map<Var, Integer> constants = new HashMap<>();
    for (Recurrence.Input input : Recurrence.of(e).constants()) {
      int rank = ranks.getOrDefault(input.given(), ranks.size() + constants.size());
      constants.put(input.formal(), rank);
    }
    Function joined = joined(scan.step(), constants, true);
    return new Equation(e.outs(), scan.withStep(joined), e.inputs(), e.origin());
  }
}
