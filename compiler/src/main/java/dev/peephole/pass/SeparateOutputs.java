package dev.peephole.pass;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Copies a value that is several outputs, or an input too, so that each has a buffer of its own.
 *
 * <pre>
 * before   da = sum(dz)                          outputs da, da
 * after    da = sum(dz)      db = broadcast(da)  outputs da, db
 * </pre>
 */
public final class SeparateOutputs implements Pass {

  @Override
  public Function run(Function function) {
    Set<Var> taken = new HashSet<>(function.inputs());
    List<Equation> equations = new ArrayList<>(function.equations());
    List<Var> outputs = new ArrayList<>();
    for (Var output : function.outputs()) {
      if (taken.add(output)) {
        outputs.add(output);
      } else {
        Equation copy = copy(output, equations);
        equations.add(copy);
        outputs.add(copy.out());
      }
    }
    return new UniqueNames()
        .run(new Function(function.name(), function.inputs(), equations, outputs));
  }

  private static Equation copy(Var var, List<Equation> equations) {
    Shape shape = var.shape();
    List<Integer> all = IntStream.range(0, shape.rank()).boxed().toList();
    return new Equation(
        var.renamed(var.name()),
        new Broadcast(shape, all),
        List.of(var),
        equations.get(equations.size() - 1).origin());
  }
}
