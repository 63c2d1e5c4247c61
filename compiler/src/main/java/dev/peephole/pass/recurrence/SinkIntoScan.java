package dev.peephole.pass.recurrence;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Recurrence;
import dev.peephole.ir.Recurrence.Input;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.OneHot;
import dev.peephole.op.Transpose;
import dev.peephole.pass.simplify.Simplify;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sinks what says more inside into the step of a scan, and simplifies the step: numbers, because a
 * mask of ones that leaves nothing out is no mask, and one-hot rows, because a product with one is
 * a row of a table.
 *
 * <pre>
 * before   x = onehot(word)        for each t: z = x[t] @ W + (1 ⊙ sPrev) @ U
 * after                            for each t: z = W[word[t]] + sPrev @ U
 * </pre>
 */
public final class SinkIntoScan implements Pass {

  @Override
  public Function run(Function function) {
    Builder outer = new Builder();
    Map<Var, Equation> definitions = new HashMap<>();
    for (Equation e : function.equations()) {
      definitions.put(e.out(), e);
      outer.at(e.origin());
      outer.add(e.op() instanceof Scan ? sunk(e, definitions, outer) : e);
    }
    return function.withEquations(outer.equations());
  }

  private static Equation sunk(Equation e, Map<Var, Equation> definitions, Builder outer) {
    Recurrence scan = Recurrence.of(e);
    Recurrence more = new Sinking(scan, definitions, outer).run();
    Equation whole = more.equation();
    Scan op = (Scan) whole.op();
    return more == scan
        ? e
        : new Equation(
            e.outs(), op.withStep(new Simplify().run(op.step())), whole.inputs(), e.origin());
  }

  /** What one scan is given, and what of it is computed inside from then on. */
  private static final class Sinking {
    private final Recurrence scan;
    private final Map<Var, Equation> definitions;
    private final Builder outer;
    private final List<Equation> sunk = new ArrayList<>();

    Sinking(Recurrence scan, Map<Var, Equation> definitions, Builder outer) {
      this.scan = scan;
      this.definitions = definitions;
      this.outer = outer;
    }

    Recurrence run() {
      List<Input> sequences = new ArrayList<>();
      for (Input sequence : scan.sequences()) {
        sequences.add(oneHot(sequence).map(hot -> row(sequence, hot)).orElse(sequence));
      }
      List<Input> constants = new ArrayList<>();
      for (Input constant : scan.constants()) {
        if (isNumber(constant.given())) {
          write(definitions.get(constant.given()), constant.formal());
        } else {
          constants.add(constant);
        }
      }
      if (sunk.isEmpty()) {
        return scan;
      }
      sunk.addAll(scan.step());
      return scan.with(sequences, constants, sunk);
    }

    private Optional<Equation> defined(Var var) {
      return Optional.ofNullable(definitions.get(var));
    }

    /** The one-hot rows that a sequence is, perhaps with its axes in another order. */
    private Optional<Equation> oneHot(Input sequence) {
      return defined(sequence.given())
          .flatMap(e -> e.op() instanceof Transpose ? defined(e.input(0)) : Optional.of(e))
          .filter(e -> e.op() instanceof OneHot);
    }

    /** Goes through the labels, and makes the row of each inside. */
    private Input row(Input sequence, Equation hot) {
      Var labels = hot.input(0);
      String name = labels.name() + "_t";
      if (definitions.get(sequence.given()).op() instanceof Transpose turned) {
        List<Integer> order = turned.order().subList(0, turned.order().size() - 1);
        labels = outer.named(name, new Transpose(order), List.of(labels));
      }
      Var element = sequence.formal();
      Var label =
          Var.label(name, element.shape().first(element.shape().rank() - 1), labels.classes());
      sunk.add(new Equation(element, new OneHot(), List.of(label), hot.origin()));
      return new Input(label, labels);
    }

    /** Whether a value is a number, or one repeated. */
    private boolean isNumber(Var var) {
      return defined(var)
          .filter(
              e ->
                  e.op() instanceof Constant || e.op() instanceof Broadcast && isNumber(e.input(0)))
          .isPresent();
    }

    private void write(Equation e, Var out) {
      List<Var> inputs = new ArrayList<>();
      for (Var input : e.inputs()) {
        Var copy = input.another();
        write(definitions.get(input), copy);
        inputs.add(copy);
      }
      sunk.add(new Equation(out, e.op(), inputs, e.origin()));
    }
  }
}
