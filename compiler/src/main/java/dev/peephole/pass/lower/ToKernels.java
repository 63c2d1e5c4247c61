package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.op.Draw;
import dev.peephole.pass.lower.Phases.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From equations to kernels, with some optimisations or others. */
public final class ToKernels {
  /** For initializers, in whatever style. */
  private static final Set<Optimization> NUMBERS =
      Optimization.pointwise(Optimization.of(Style.FAST));

  private ToKernels() {}

  /**
   * A network ready to print.
   *
   * @param program the program, its values named as in the kernels
   * @param phases what is computed when
   * @param shared the values that are in the buffers of others, with those others
   * @param overwritten the values of which nothing is left when the loss has been computed
   */
  public record Network(
      Program program,
      Map<Phase, List<Kernel>> phases,
      Map<Var, Var> shared,
      Set<Var> overwritten) {

    /** The values whose buffers hold the gradients of the parameters, some of them reshaped. */
    public List<Var> gradients() {
      Buffers buffers = new Buffers(made -> {}, (view, of) -> {});
      phases.values().forEach(kernels -> kernels.forEach(buffers::add));
      return program.gradients().stream().map(buffers::of).toList();
    }

    public Network withPhases(Map<Phase, List<Kernel>> other) {
      return new Network(program, other, shared, overwritten);
    }

    public Network withShared(Map<Var, Var> in, Set<Var> lost) {
      return new Network(program, phases, in, lost);
    }
  }

  /** Kernels straight from the equations of a network, each value in a buffer of its own. */
  public static Network fused(Program program, Set<Optimization> optimizations) {
    Phases phases = Phases.of(program.step());
    Map<Phase, List<Kernel>> sorted = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      sorted.put(phase, new ArrayList<>());
    }
    for (Kernel kernel : new Fuse(optimizations).run(phases.function()).kernels()) {
      sorted.get(phases.of().get(kernel.results().get(0))).add(kernel);
    }
    return new Network(program, sorted, Map.of(), Set.of());
  }

  /** The kernels of an initializer, its result under the name of the parameter. */
  public static Schedule initializer(Function function, String parameter) {
    Map<Var, String> names = new HashMap<>();
    names.put(function.outputs().get(0), parameter);
    List<Equation> draws =
        function.equations().stream().filter(e -> e.op() instanceof Draw).toList();
    if (draws.size() == 1) {
      names.put(draws.get(0).out(), parameter);
    }
    Function named = Renaming.named(names).apply(function);
    return new Fuse(NUMBERS).run(new NameBuffers(NUMBERS).run(named));
  }

  /** The kernels of an optimizer, numbers first and then one loop over those of a parameter. */
  public static Schedule optimizer(Function step, Set<Optimization> optimizations) {
    Set<Optimization> some = Optimization.pointwise(optimizations);
    Schedule schedule = new Fuse(some).run(new NameBuffers(some).run(step));
    List<Kernel> numbersFirst = new ArrayList<>(schedule.kernels());
    numbersFirst.sort(Comparator.comparingInt(k -> k.results().get(0).shape().rank()));
    return new FuseLoops(new HashSet<>(schedule.outputs())).run(schedule.withKernels(numbersFirst));
  }
}
