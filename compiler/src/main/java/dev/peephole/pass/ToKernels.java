package dev.peephole.pass;

import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.op.Draw;
import dev.peephole.pass.Phases.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From equations to kernels, in one of the two styles. */
public final class ToKernels {
  private final Style style;
  private final boolean arrays;

  /** For code whose values live in arrays that it works on as a whole, or in some columns. */
  public ToKernels(Style style) {
    this(style, true);
  }

  /**
   * @param arrays whether functions may run over the arrays that a network's values live in, and
   *     products be joined whose results are columns of such arrays
   */
  public ToKernels(Style style, boolean arrays) {
    this.style = style;
    this.arrays = arrays;
  }

  /**
   * A network ready to print.
   *
   * @param program the program, its values named as in the kernels
   * @param phases what is computed when
   */
  public record Network(Program program, Map<Phase, List<Kernel>> phases) {}

  /** The kernels of a network. */
  public Network network(Program program) {
    boolean joined = arrays && style == Style.FAST;
    Function step = joined ? new JoinProducts().run(program.step()) : program.step();
    Function named = new UniqueNames().run(new NameKept(style, arrays).run(step));
    Phases phases = Phases.of(named, program.outputCount(), program.carried().size());
    Schedule schedule = new Fuse(style, arrays).run(phases.function());
    Map<Phase, List<Kernel>> sorted = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      sorted.put(phase, new ArrayList<>());
    }
    for (Kernel kernel : schedule.kernels()) {
      sorted.get(phases.of().get(kernel.results().get(0))).add(kernel);
    }
    if (style == Style.TEXTBOOK) {
      WhereRead forward = new WhereRead(schedule.kernels().stream());
      sorted.computeIfPresent(Phase.BACKWARD, (phase, kernels) -> forward.beside(kernels));
    } else {
      sorted.replaceAll((phase, kernels) -> merged(phase, sorted, named.outputs()));
    }
    return new Network(program.withStep(named), sorted);
  }

  private static List<Kernel> merged(Phase phase, Map<Phase, List<Kernel>> all, List<Var> outputs) {
    Set<Var> needed = new HashSet<>(outputs);
    all.forEach(
        (other, kernels) -> {
          if (other != phase) {
            kernels.forEach(k -> Loads.of(k).stream().map(Scalar.Load::var).forEach(needed::add));
          }
        });
    return new MergeLoops(needed).run(new Schedule(List.of(), all.get(phase), List.of())).kernels();
  }

  /** The kernels of an initializer, its result under the name of the parameter. */
  public Schedule initializer(Function function, String parameter) {
    Map<Var, String> names = new HashMap<>();
    names.put(function.outputs().get(0), parameter);
    function.equations().stream()
        .filter(e -> e.op() instanceof Draw)
        .forEach(e -> names.put(e.out(), parameter));
    Function named = new Renaming(names).apply(function);
    return new Fuse(Style.FAST).run(new NameKept(Style.FAST).run(named));
  }

  /** The kernels of an optimizer: one loop over the numbers of a parameter. */
  public Schedule optimizer(Function step) {
    Schedule schedule = new Fuse(style).run(new NameKept(style).run(step));
    List<Kernel> numbersFirst = new ArrayList<>(schedule.kernels());
    numbersFirst.sort(Comparator.comparingInt(k -> k.results().get(0).shape().rank()));
    return new MergeLoops(new HashSet<>(schedule.outputs()))
        .run(new Schedule(schedule.inputs(), numbersFirst, schedule.outputs()));
  }
}
