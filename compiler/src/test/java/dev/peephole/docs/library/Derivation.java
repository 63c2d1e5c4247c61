package dev.peephole.docs.library;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Sum;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.pipeline.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The first output y of a network, and the gradients of what it is computed from, where that of y
 * is given: the total of y ⊙ dy is differentiated, whose gradient with respect to y is dy.
 *
 * @param program from labels, dy, parameters and real inputs, in this order, and states, to y and
 *     the total
 */
record Derivation(Program program) {

  static Derivation of(Program checked) {
    Var y = checked.outputs().get(0);
    Var dy = Var.of("d" + y.name(), y.type()).given();
    Builder builder = new Builder();
    checked.step().equations().forEach(builder::add);
    builder.at(definition(checked, y).origin());
    Var weighted = builder.apply(Elementwise.MULTIPLY, y, dy);
    List<Integer> all = IntStream.range(0, y.shape().rank()).boxed().toList();
    Var total = builder.named("loss", new Sum(all), List.of(weighted));
    List<Var> given = new ArrayList<>(checked.inputs().stream().filter(v -> !v.real()).toList());
    given.add(dy);
    List<Var> by = active(checked);
    Function whole =
        Function.of(
            y.name(),
            Map.of(
                Role.INPUT,
                given,
                Role.PARAMETER,
                by,
                Role.STATE,
                checked.step().inputs(Role.STATE)),
            builder.equations(),
            Map.of(
                Role.OUTPUT,
                List.of(y),
                Role.LOSS,
                List.of(total),
                Role.STATE,
                checked.step().outputs(Role.STATE)));
    Program program =
        Program.of(
            new Program.Heading(checked.name(), List.of(), checked.file()),
            Collections.nCopies(by.size(), checked.parameters().get(0)),
            new EliminateDeadCode().run(whole));
    return new Derivation(program.keeping(checked.states()));
  }

  /** What the result may be differentiated by: the parameters that it reads, and real inputs. */
  private static List<Var> active(Program checked) {
    List<Var> parameters =
        IntStream.range(0, checked.parameters().size())
            .filter(i -> !checked.parameters().get(i).path().equals(Application.FACTOR))
            .mapToObj(checked.weights()::get)
            .toList();
    return Stream.concat(parameters.stream(), checked.inputs().stream().filter(Var::real)).toList();
  }

  private static Equation definition(Program checked, Var y) {
    return checked.step().equations().stream()
        .filter(e -> e.outs().contains(y))
        .findFirst()
        .orElseThrow();
  }

  /** The gradient of y, which is given. */
  Var given() {
    return program.inputs().get(program.inputs().size() - 1);
  }

  /** The function with its gradients, simplified: y, the total, and the gradients. */
  Function derived() {
    return Pipeline.run(program).step();
  }

  /** The equations of y, as textbook code has them, and those of the gradients. */
  Formulas formulas() {
    ToKernels.Network network =
        Pipeline.stages(program, Optimization.of(Style.TEXTBOOK)).stream()
            .filter(Stage.Kernels.class::isInstance)
            .map(stage -> ((Stage.Kernels) stage).network())
            .findFirst()
            .orElseThrow();
    List<Kernel> forward = new ArrayList<>(network.phases().get(Phase.FORWARD));
    forward.addAll(network.phases().get(Phase.OUTPUTS));
    Rules rules = new Rules(network.program().step(), network.phases().values());
    return new Formulas(
        Line.of(forward, kernel -> Set.of()),
        Line.of(network.phases().get(Phase.BACKWARD), rules::of));
  }
}
