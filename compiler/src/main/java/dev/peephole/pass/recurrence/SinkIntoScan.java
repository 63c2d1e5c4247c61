package dev.peephole.pass.recurrence;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Pass;
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
      outer.add(e.op() instanceof Scan scan ? new Moving(e, scan, definitions, outer).run() : e);
    }
    return function.withEquations(outer.equations());
  }

  /** What one scan is given, and what of it is computed inside from then on. */
  private static final class Moving {
    private final Equation scanned;
    private final Scan scan;
    private final Map<Var, Equation> definitions;
    private final Builder outer;
    private final List<Var> formal;
    private final List<Var> given;
    private final List<Equation> moved = new ArrayList<>();

    Moving(Equation scanned, Scan scan, Map<Var, Equation> definitions, Builder outer) {
      this.scanned = scanned;
      this.scan = scan;
      this.definitions = definitions;
      this.outer = outer;
      this.formal = new ArrayList<>(scan.step().inputs());
      this.given = new ArrayList<>(scanned.inputs());
    }

    Equation run() {
      scan.elements().forEach(element -> oneHot(element).ifPresent(e -> row(element, e)));
      scan.constants().stream()
          .filter(inside -> isNumber(given.get(formal.indexOf(inside))))
          .toList()
          .forEach(this::number);
      if (moved.isEmpty()) {
        return scanned;
      }
      moved.addAll(scan.step().equations());
      Function step = new Function(scan.step().name(), formal, moved, scan.step().outputs());
      Scan simpler = scan.withStep(new Simplify().run(step));
      return new Equation(scanned.outs(), simpler, given, scanned.origin());
    }

    private Optional<Equation> defined(Var var) {
      return Optional.ofNullable(definitions.get(var));
    }

    /** The one-hot rows that a sequence is, perhaps with its axes in another order. */
    private Optional<Equation> oneHot(Var element) {
      Var sequence = given.get(formal.indexOf(element));
      return defined(sequence)
          .flatMap(e -> e.op() instanceof Transpose ? defined(e.input(0)) : Optional.of(e))
          .filter(e -> e.op() instanceof OneHot);
    }

    /** Goes through the labels, and makes the row of each inside. */
    private void row(Var element, Equation hot) {
      int at = formal.indexOf(element);
      Var labels = hot.input(0);
      String name = labels.name() + "_t";
      if (definitions.get(given.get(at)).op() instanceof Transpose turned) {
        List<Integer> order = turned.order().subList(0, turned.order().size() - 1);
        labels = outer.named(name, new Transpose(order), List.of(labels));
      }
      Var label =
          Var.label(name, element.shape().first(element.shape().rank() - 1), labels.classes());
      formal.set(at, label);
      given.set(at, labels);
      moved.add(new Equation(element, new OneHot(), List.of(label), hot.origin()));
    }

    /** Whether a value is a number, or one repeated. */
    private boolean isNumber(Var var) {
      return defined(var)
          .filter(
              e ->
                  e.op() instanceof Constant || e.op() instanceof Broadcast && isNumber(e.input(0)))
          .isPresent();
    }

    private void number(Var inside) {
      int at = formal.indexOf(inside);
      formal.remove(at);
      write(definitions.get(given.remove(at)), inside);
    }

    private void write(Equation e, Var out) {
      List<Var> inputs = new ArrayList<>();
      for (Var input : e.inputs()) {
        Var copy = input.another();
        write(definitions.get(input), copy);
        inputs.add(copy);
      }
      moved.add(new Equation(out, e.op(), inputs, e.origin()));
    }
  }
}
