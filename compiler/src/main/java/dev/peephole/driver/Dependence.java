package dev.peephole.driver;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.source.Span;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds parameters that the loss does not depend on: no training could ever change them. */
final class Dependence {
  private final Program program;
  private final Set<Var> needed = new HashSet<>();

  private Dependence(Program program) {
    this.program = program;
  }

  /** Reports such parameters, those of one place together. */
  static void check(Program program, Diagnostics diagnostics) {
    new Dependence(program).report(diagnostics);
  }

  private void report(Diagnostics diagnostics) {
    markNeeded();
    Map<Span, Set<String>> idle = new LinkedHashMap<>();
    for (int i = 0; i < program.parameters().size(); i++) {
      Var weight = program.weights().get(i);
      if (!needed.contains(weight)) {
        Program.Parameter parameter = program.parameters().get(i);
        idle.computeIfAbsent(use(weight, parameter.span()), s -> new TreeSet<>())
            .add("'" + parameter.path() + "'");
      }
    }
    idle.forEach(
        (span, names) ->
            diagnostics.report(
                Diagnostic.error(
                        Code.LOSS,
                        span,
                        "the loss does not depend on " + String.join(" and ", names))
                    .note("so training could not change it")
                    .hint("use this in the loss, or leave it out")));
  }

  private void markNeeded() {
    Function step = program.step();
    needed.add(program.loss());
    List<Equation> equations = step.equations();
    ListIterator<Equation> last = equations.listIterator(equations.size());
    while (last.hasPrevious()) {
      Equation equation = last.previous();
      if (equation.outs().stream().anyMatch(needed::contains)) {
        needed.addAll(equation.inputs());
      }
    }
  }

  /** Where a parameter is used, or else where it is declared. */
  private Span use(Var weight, Span declaration) {
    return program.step().equations().stream()
        .filter(e -> e.inputs().contains(weight) && e.origin() != null)
        .map(Equation::origin)
        .findFirst()
        .orElse(declaration);
  }
}
