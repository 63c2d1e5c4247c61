package dev.peephole.driver;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.source.Span;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Finds parameters that the loss does not depend on: no training could ever change them. */
final class Dependence {
  private final Program program;
  private final Set<Var> needed;

  private Dependence(Program program) {
    this.program = program;
    this.needed = Ancestors.of(List.of(program.loss()), program.step());
  }

  /** Reports such parameters, those of one place together. */
  static void check(Program program, Diagnostics diagnostics) {
    new Dependence(program).report(diagnostics);
  }

  /**
   * Reports parameters that the loss depends on, but only where no gradient goes.
   *
   * @param derived the same program with its gradients
   */
  static void checkGradients(Program program, Program derived, Diagnostics diagnostics) {
    new Dependence(program).reportZeros(derived, diagnostics);
  }

  private void reportZeros(Program derived, Diagnostics diagnostics) {
    Set<Var> zeros = new HashSet<>();
    for (Equation e : derived.step().equations()) {
      boolean zero = e.op() instanceof Constant c && c.value() == 0;
      if (zero || e.op() instanceof Broadcast && zeros.contains(e.input(0))) {
        zeros.add(e.out());
      }
    }
    byPlace(
            i ->
                needed.contains(program.weights().get(i))
                    && zeros.contains(derived.gradients().get(i)))
        .forEach(
            (span, names) ->
                diagnostics.report(
                    Diagnostic.error(
                            Code.GRADIENT,
                            span,
                            "no gradient of the loss comes to " + String.join(" and ", names))
                        .note("the loss depends on it through comparisons or stop_gradient only")
                        .hint("where(c, a, b) hands gradients to a and b, not to the condition")));
  }

  private Map<Span, Set<String>> byPlace(IntPredicate chosen) {
    Map<Span, Set<String>> names = new LinkedHashMap<>();
    for (int i = 0; i < program.parameters().size(); i++) {
      if (chosen.test(i)) {
        Program.Parameter parameter = program.parameters().get(i);
        names
            .computeIfAbsent(use(program.weights().get(i), parameter.span()), s -> new TreeSet<>())
            .add("'" + parameter.path() + "'");
      }
    }
    return names;
  }

  private void report(Diagnostics diagnostics) {
    byPlace(i -> !needed.contains(program.weights().get(i)))
        .forEach(
            (span, names) ->
                diagnostics.report(
                    Diagnostic.error(
                            Code.LOSS,
                            span,
                            "the loss does not depend on " + String.join(" and ", names))
                        .note("so training could not change it")
                        .hint("use this in the loss, or leave it out")));
  }

  /** Where a parameter is used, or else where it is declared. */
  private Span use(Var weight, Span declaration) {
    return program.step().equations().stream()
        .filter(e -> e.inputs().contains(weight))
        .flatMap(e -> e.origin().shown().stream())
        .findFirst()
        .orElse(declaration);
  }
}
