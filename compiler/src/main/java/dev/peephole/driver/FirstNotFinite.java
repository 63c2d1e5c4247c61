package dev.peephole.driver;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Inlining;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.train.plan.EquationTrace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates the equations of a network once more, to find where the first infinite number arises.
 */
final class FirstNotFinite implements EquationTrace {
  /** Numbers whose square single precision can just hold. */
  private static final double LARGE = Math.sqrt(Float.MAX_VALUE);

  private final Program program;

  FirstNotFinite(Program program) {
    this.program = program;
  }

  @Override
  public Optional<Culprit> first(Model model, int n) {
    Map<Equation, Culprit> inScans = new HashMap<>();
    Interpreter interpreter =
        new Interpreter(n, model.mode())
            .watchingScans(
                (scan, step) ->
                    firstOf(((Scan) scan.op()).step(), step)
                        .ifPresent(culprit -> inScans.putIfAbsent(scan, culprit)));
    interpreter.run(program.step(), StepInputs.of(program, model, n));
    return program.gradients().stream()
        .filter(gradient -> !finite(interpreter.value(gradient)))
        .findFirst()
        .map(gradient -> source(gradient, interpreter))
        .flatMap(
            e ->
                e.op() instanceof Scan
                    ? Optional.ofNullable(inScans.get(e))
                    : Optional.of(culprit(e, program.step(), interpreter)));
  }

  /** Goes back from a value that is not finite to where all that it is computed from is. */
  private Equation source(Var value, Interpreter interpreter) {
    Equation equation = producer(value, program.step()).orElseThrow();
    return equation.inputs().stream()
        .filter(input -> !finite(interpreter.value(input)))
        .filter(input -> producer(input, program.step()).isPresent())
        .findFirst()
        .map(input -> source(input, interpreter))
        .orElse(equation);
  }

  private static Optional<Equation> producer(Var value, Function function) {
    return function.equations().stream().filter(e -> e.outs().contains(value)).findFirst();
  }

  private static Optional<Culprit> firstOf(Function function, Interpreter values) {
    return function.equations().stream()
        .filter(e -> !e.outs().stream().allMatch(out -> finite(values.value(out))))
        .filter(e -> e.inputs().stream().allMatch(in -> finite(values.value(in))))
        .findFirst()
        .map(e -> culprit(e, function, values));
  }

  private static Culprit culprit(Equation e, Function function, Interpreter values) {
    boolean large =
        e.inputs().stream()
            .flatMapToDouble(in -> Arrays.stream(values.value(in)))
            .anyMatch(v -> Math.abs(v) > LARGE);
    String name = e.out().named() ? e.out().name() + " = " : "";
    String origin = e.origin().place();
    return new Culprit(name + written(e, function).assigned(e.out().shape()).text(), origin, large);
  }

  /** The right side, with what has no name written out. */
  private static Expression written(Equation equation, Function function) {
    Inlining inlining = new Inlining();
    function.equations().stream()
        .filter(e -> !e.out().named() && !(e.op() instanceof Scan))
        .forEach(inlining::inline);
    return inlining.formula(equation);
  }

  private static boolean finite(double[] numbers) {
    return Arrays.stream(numbers).allMatch(v -> Math.abs(v) <= Float.MAX_VALUE);
  }
}
