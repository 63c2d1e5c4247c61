package dev.peephole.pass;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.List;

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
final class CarryStates implements Pass {
  private final int parameters;

  /**
   * @param parameters how many inputs of the function, the last ones, are parameters
   */
  CarryStates(int parameters) {
    this.parameters = parameters;
  }

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
    List<Var> from = new ArrayList<>(function.inputs());
    from.addAll(from.size() - parameters, carried);
    from.add(from.size() - parameters - carried.size(), continues);
    List<Var> to = new ArrayList<>(function.outputs());
    to.addAll(to.size() - 1, sequences);
    return new UniqueNames().run(new Function(function.name(), from, builder.equations(), to));
  }

  private static int states(Equation e) {
    return e.op() instanceof Scan scan ? scan.carried() : 0;
  }

  private static Var first(Builder builder, String name, Var continues, Var carried, Var initial) {
    Var each = Broadcast.to(builder, continues, initial.shape(), List.of(0));
    return builder.named(name, Elementwise.WHERE, List.of(each, carried, initial));
  }
}
