package dev.peephole.pass.recurrence;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Role;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Elementwise;
import dev.peephole.pass.naming.UniqueNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the states of cells begin with what they were at the end of the example before, where an
 * example continues that one. Which do, and these states, are further inputs; further outputs are
 * the sequences that hold them. No gradient flows from one example into another.
 *
 * <pre>
 * before   s = scan rnn of 0, x
 * after    sFirst = where(continues, sCarried, 0)        s = scan rnn of sFirst, x
 * </pre>
 */
public final class CarryStates implements Pass {

  @Override
  public Function run(Function function) {
    Var continues = Var.of("continues", Type.truth(Shape.of(Shape.BATCH)));
    List<Var> carried = new ArrayList<>();
    List<Var> sequences = new ArrayList<>();
    Builder builder = new Builder();
    for (Equation e : function.equations()) {
      List<Var> inputs = new ArrayList<>(e.inputs());
      builder.at(Origin.of(name(), e.origin()));
      for (int k = 0; k < states(e); k++) {
        Var initial = inputs.get(k);
        if (initial.shape().batched()) {
          Var sequence = e.outs().get(k);
          Var before = Var.real(sequence.name() + "Carried", initial.shape());
          inputs.set(k, first(builder, sequence.name() + "First", continues, before, initial));
          carried.add(before);
          sequences.add(sequence);
        }
      }
      builder.add(new Equation(e.outs(), e.op(), inputs, e.origin()));
    }
    Map<Role, List<Var>> from = function.inputsByRole();
    from.put(Role.CONTINUES, List.of(continues));
    from.put(Role.CARRIED, carried);
    Map<Role, List<Var>> to = function.outputsByRole();
    to.put(Role.CARRIED_SEQUENCE, sequences);
    return new UniqueNames().run(Function.of(function.name(), from, builder.equations(), to));
  }

  private static int states(Equation e) {
    return e.op() instanceof Scan scan ? scan.carried() : 0;
  }

  private static Var first(Builder builder, String name, Var continues, Var carried, Var initial) {
    Var each = Broadcast.to(builder, continues, initial.shape(), List.of(0));
    return builder.named(name, Elementwise.WHERE, List.of(each, carried, initial));
  }
}
