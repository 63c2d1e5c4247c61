package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.pass.naming.UniqueNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Copies a value that is several outputs, or an input too, so that each output has a buffer of its
 * own; in the steps of scans likewise, where a view of another value is none either.
 *
 * <pre>
 * before   da = sum(dz)                          outputs da, da
 * after    da = sum(dz)      db = broadcast(da)  outputs da, db
 * </pre>
 */
public final class SeparateOutputs implements Pass {

  @Override
  public Function run(Function function) {
    Function steps = function.withEquations(function.equations().stream().map(this::step).toList());
    return new UniqueNames()
        .run(separated(steps, new HashSet<>(function.inputs()), Origin.NOWHERE));
  }

  /** A step may give a state before as it is: its sequence is a buffer of its own. */
  private Equation step(Equation e) {
    if (!(e.op() instanceof Scan scan)) {
      return e;
    }
    Set<Var> taken = new HashSet<>();
    Recurrence.of(e).given().forEach(input -> taken.add(input.formal()));
    scan.step().equations().stream()
        .filter(inner -> inner.op() instanceof Op.View)
        .forEach(inner -> taken.add(inner.out()));
    Scan separate = scan.withStep(separated(scan.step(), taken, e.origin()));
    return new Equation(e.outs(), separate, e.inputs(), e.origin());
  }

  /**
   * @param around where a value comes from that is given
   */
  private static Function separated(Function function, Set<Var> taken, Origin around) {
    List<Equation> equations = new ArrayList<>(function.equations());
    List<Var> outputs = new ArrayList<>();
    for (Var output : function.outputs()) {
      if (taken.add(output)) {
        outputs.add(output);
      } else {
        Equation copy = copy(output, equations, around);
        equations.add(copy);
        outputs.add(copy.out());
      }
    }
    return function.with(equations, outputs);
  }

  private static Equation copy(Var var, List<Equation> equations, Origin around) {
    Shape shape = var.shape();
    Origin origin =
        equations.stream()
            .filter(e -> e.outs().contains(var))
            .findFirst()
            .map(Equation::origin)
            .orElse(around);
    List<Integer> all = IntStream.range(0, shape.rank()).boxed().toList();
    return new Equation(
        var.another(),
        new Broadcast(shape, all),
        List.of(var),
        Origin.replacing(Pass.nameOf(SeparateOutputs.class), origin));
  }
}
