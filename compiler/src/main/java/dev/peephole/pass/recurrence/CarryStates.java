package dev.peephole.pass.recurrence;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
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
    return new Carrying().run(function);
  }

  private static final class Carrying {
    private final Var continues = Var.of("continues", Type.truth(Shape.of(Shape.BATCH)));
    private final List<Var> carried = new ArrayList<>();
    private final List<Var> sequences = new ArrayList<>();
    private final Builder builder = new Builder();

    Function run(Function function) {
      for (Equation e : function.equations()) {
        builder.add(e.op() instanceof Scan ? carrying(Recurrence.of(e)) : e);
      }
      Map<Role, List<Var>> from = function.inputsByRole();
      from.put(Role.CONTINUES, List.of(continues));
      from.put(Role.CARRIED, carried);
      Map<Role, List<Var>> to = function.outputsByRole();
      to.put(Role.CARRIED_SEQUENCE, sequences);
      return new UniqueNames().run(Function.of(function.name(), from, builder.equations(), to));
    }

    private Equation carrying(Recurrence scan) {
      builder.at(Origin.of(Pass.nameOf(CarryStates.class), scan.origin()));
      return scan.withStates(
              scan.states().stream()
                  .map(s -> s.initial().shape().batched() ? s.from(first(s)) : s)
                  .toList())
          .equation();
    }

    /** What a state begins with: where an example continues another one, what that one left. */
    private Var first(Recurrence.State state) {
      Var initial = state.initial();
      Var before = Var.real(state.all().name() + "Carried", initial.shape());
      carried.add(before);
      sequences.add(state.all());
      Var each = Broadcast.to(builder, continues, initial.shape(), List.of(0));
      return builder.named(
          state.all().name() + "First", Elementwise.WHERE, List.of(each, before, initial));
    }
  }
}
