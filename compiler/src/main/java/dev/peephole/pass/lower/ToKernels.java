package dev.peephole.pass.lower;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.kernel.Update;
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

  /** The kernels of an option's schedule, each of which computes a number. */
  public static Schedule schedule(Function schedule, Set<Optimization> optimizations) {
    return once(schedule, optimizations);
  }

  /**
   * The kernels of an optimizer: of each of its rounds the numbers, then one loop over those of a
   * parameter, and then what is summed up over them.
   */
  public static Update optimizer(Optimizer optimizer, Set<Optimization> optimizations) {
    Optimizer named = Rounds.named(optimizer);
    List<Kernel> kernels = new ArrayList<>();
    Map<Var, Var> results = new HashMap<>();
    for (Function round : new Rounds(named).functions()) {
      Schedule schedule = once(round, optimizations);
      kernels.addAll(schedule.kernels());
      for (int i = 0; i < round.outputs().size(); i++) {
        results.put(round.outputs().get(i), schedule.outputs().get(i));
      }
    }
    Function step = named.step();
    List<Var> outputs = step.outputs().stream().map(out -> results.getOrDefault(out, out)).toList();
    return new Update(named.withStep(step.with(step.equations(), outputs)), kernels);
  }

  private static int rank(Kernel kernel) {
    return kernel instanceof Kernel.Reduce ? 2 : kernel.results().get(0).shape().rank();
  }

  /** The kernels of a round, numbers first and then one loop over those of a parameter. */
  private static Schedule once(Function step, Set<Optimization> optimizations) {
    Set<Optimization> some = Optimization.pointwise(optimizations);
    Schedule schedule = new Fuse(some).run(new NameBuffers(some).run(step));
    List<Kernel> numbersFirst = new ArrayList<>(schedule.kernels());
    numbersFirst.sort(Comparator.comparingInt(ToKernels::rank));
    return new FuseLoops(new HashSet<>(schedule.outputs())).run(schedule.withKernels(numbersFirst));
  }
}
