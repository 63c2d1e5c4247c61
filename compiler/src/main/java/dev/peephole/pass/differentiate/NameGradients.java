package dev.peephole.pass.differentiate;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Role;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls gradients after the values that they are the gradients of, as their origins say. Of values
 * with the same gradient, the one that is computed last gives it its name, unless that one only
 * goes by another name: then the one that it comes from does.
 *
 * <pre>
 * before   h = tanh(z)      %1 = …  (the gradient of h)      %2 = %1 ⊙ (1 − h²)  (that of z)
 * after    h = tanh(z)      dh = …                           dz = dh ⊙ (1 − h²)
 * </pre>
 */
public final class NameGradients implements Pass {

  @Override
  public Function run(Function function) {
    return new Naming(function).apply();
  }

  private static final class Naming {
    private final Function function;
    private final Map<Var, Equation> definitions = new HashMap<>();
    private final Map<Var, List<Equation>> readers = new HashMap<>();
    private final Map<Var, Label> labels = new HashMap<>();

    Naming(Function function) {
      this.function = function;
      collect(function);
    }

    private void collect(Function some) {
      for (Equation e : some.equations()) {
        e.outs().forEach(out -> definitions.put(out, e));
        e.inputs().forEach(x -> readers.computeIfAbsent(x, v -> new ArrayList<>()).add(e));
        if (e.op() instanceof Scan scan) {
          collect(scan.step());
        }
      }
    }

    Function apply() {
      name(function);
      return Renaming.of(labels).apply(function);
    }

    private void name(Function some) {
      for (Equation e : some.equations()) {
        e.origin().gradientOf().forEach(this::name);
        if (e.op() instanceof Scan scan) {
          name(scan.step());
          nameTerms(e, scan);
        }
      }
    }

    private void name(Origin.Of of) {
      Var value = of.value();
      if (value.named() && !function.outputs(Role.LOSS).contains(value)) {
        Label name = Label.name("d" + value.name());
        labels.merge(
            of.gradient(), name, (before, now) -> of.source() || before.isHint() ? now : before);
      } else if (!value.named()) {
        hint(value).ifPresent(hint -> labels.putIfAbsent(of.gradient(), Label.hint("d" + hint)));
      }
    }

    /**
     * What a value without a name would be called. What a function is applied to is called z, as in
     * lectures.
     */
    private Optional<String> hint(Var value) {
      if (!value.hint().isEmpty()) {
        return Optional.of(value.hint());
      }
      return readers.getOrDefault(value, List.of()).stream()
          .filter(reader -> isFunction(reader) && !reader.out().label().equals(Label.NONE))
          .findFirst()
          .map(reader -> "z_" + reader.out().label().text())
          .or(
              () ->
                  Optional.ofNullable(definitions.get(value))
                      .filter(Naming::isFunction)
                      .map(e -> e.op().hint(e.inputs())));
    }

    private static boolean isFunction(Equation e) {
      return e.op() instanceof Op.Pointwise op && op.cost() == Op.Cost.FUNCTION;
    }

    /** What is summed over all time steps is called after the sum. */
    private void nameTerms(Equation e, Scan scan) {
      for (Recurrence.Result result : Recurrence.of(e).all()) {
        if (result.each().label().equals(Label.NONE)) {
          summed(result.all())
              .ifPresent(
                  value ->
                      labels.putIfAbsent(result.each(), Label.hint("d" + value.name() + "_t")));
        }
      }
    }

    /** The value whose gradient is a sum of such a sequence, or has one as a term. */
    private Optional<Var> summed(Var sequence) {
      return readers.getOrDefault(sequence, List.of()).stream()
          .filter(e -> e.op() instanceof Sum)
          .flatMap(e -> whole(e).stream())
          .findFirst();
    }

    private Optional<Var> whole(Equation term) {
      return term.origin().gradientOf().stream()
          .map(Origin.Of::value)
          .filter(Var::named)
          .findFirst()
          .or(
              () ->
                  readers.getOrDefault(term.out(), List.of()).stream()
                      .filter(e -> e.op() == Elementwise.ADD)
                      .flatMap(e -> whole(e).stream())
                      .findFirst());
    }
  }
}
