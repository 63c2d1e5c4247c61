package dev.peephole.pass;

import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The way from checked equations to those that are printed; read it first. */
public final class Pipeline {
  private Pipeline() {}

  /** What a program is after a pass. */
  public record Stage(String name, Function function) {}

  /** The passes over a network, in order. */
  private static List<Pass> passes(Program program, Set<Optimization> optimizations) {
    int parameters = program.parameters().size();
    List<Pass> passes =
        new ArrayList<>(
            List.of(
                new MergeEqual(), new MoveIntoScan(), new UniqueNames(), new UniqueConstants()));
    if (program.stateful()) {
      passes.add(new CarryStates(parameters));
    }
    if (optimizations.contains(Optimization.HOISTING)) {
      passes.add(new HoistFromScan());
    }
    passes.addAll(
        List.of(
            new Differentiate(parameters, program.truncation()),
            new Simplify(),
            new EliminateDead(),
            new SeparateOutputs()));
    return passes;
  }

  /** The stages of a network, from the checked one to the last. */
  public static List<Stage> stages(Program program) {
    return stages(program, Optimization.of(Style.FAST));
  }

  private static List<Stage> stages(Program program, Set<Optimization> optimizations) {
    List<Stage> stages = new ArrayList<>();
    Function now = program.step();
    stages.add(verified("check", now));
    for (Pass pass : passes(program, optimizations)) {
      now = pass.run(now);
      stages.add(verified(pass.name(), now));
    }
    return stages;
  }

  /** The step of a stateful program that begins with carried states, before its gradients. */
  public static Function withCarriedStates(Program program) {
    return new CarryStates(program.parameters().size()).run(program.step());
  }

  private static Stage verified(String name, Function function) {
    Verify.verify(function, name);
    return new Stage(name, function);
  }

  /** The program with its gradients, simplified; its initializers and its optimizer likewise. */
  public static Program run(Program program) {
    return run(program, Optimization.of(Style.FAST));
  }

  /** The same with some optimisations or others. */
  public static Program run(Program program, Set<Optimization> optimizations) {
    List<Stage> stages = stages(program, optimizations);
    List<Function> initializers =
        program.parameters().stream().map(p -> simplified(p.initializer())).toList();
    return program
        .withStep(stages.get(stages.size() - 1).function())
        .withInitializers(initializers)
        .withOptimizer(program.optimizer().map(Pipeline::run))
        .of(program);
  }

  /** A program that passes were run over before, with some optimisations or others. */
  public static Program again(Program derived, Set<Optimization> optimizations) {
    return derived.checked().map(checked -> run(checked, optimizations)).orElse(derived);
  }

  private static Function simplified(Function function) {
    Function simple = new EliminateDead().run(new Simplify().run(function));
    Verify.verify(simple, "simplify");
    return simple;
  }

  /** Simplifies an optimizer and drops the states that nothing reads. */
  private static Program.Optimizer run(Program.Optimizer optimizer) {
    Function step = simplified(optimizer.step());
    Set<Var> read = new HashSet<>();
    step.equations().forEach(e -> read.addAll(e.inputs()));
    List<Var> inputs = new ArrayList<>(step.inputs().subList(0, 3));
    List<Var> outputs = new ArrayList<>(step.outputs().subList(0, 1));
    List<Program.Optimizer.State> states = new ArrayList<>();
    for (int i = 0; i < optimizer.states().size(); i++) {
      Var before = step.inputs().get(3 + i);
      if (read.contains(before)) {
        inputs.add(before);
        outputs.add(step.outputs().get(1 + i));
        states.add(optimizer.states().get(i));
      }
    }
    Function kept = new Function(step.name(), inputs, step.equations(), outputs);
    return new Program.Optimizer(
        optimizer.name(), optimizer.doc(), states, new EliminateDead().run(kept));
  }
}
