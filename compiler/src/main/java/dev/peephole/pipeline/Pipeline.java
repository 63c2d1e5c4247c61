package dev.peephole.pipeline;

import static dev.peephole.kernel.Optimization.FUSED_LOOPS;
import static dev.peephole.kernel.Optimization.HOISTING;
import static dev.peephole.kernel.Optimization.JOINED_PRODUCTS;
import static dev.peephole.kernel.Optimization.JOINED_SHARES;
import static dev.peephole.kernel.Optimization.JOINED_SUMS;
import static dev.peephole.kernel.Optimization.PRODUCTS_OF_WINDOWS;
import static dev.peephole.kernel.Optimization.SHARED_BUFFERS;
import static dev.peephole.kernel.Optimization.WINDOWS_IN_PLACE;
import static dev.peephole.pipeline.Step.kernels;
import static dev.peephole.pipeline.Step.pass;

import dev.peephole.ir.Function;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Pass;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.kernel.Update;
import dev.peephole.pass.buffer.ShareBuffers;
import dev.peephole.pass.buffer.WorkInPlace;
import dev.peephole.pass.contract.SumOverWindows;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pass.differentiate.NameGradients;
import dev.peephole.pass.join.JoinProducts;
import dev.peephole.pass.join.JoinShares;
import dev.peephole.pass.join.MultiplyWindows;
import dev.peephole.pass.lower.CiteUses;
import dev.peephole.pass.lower.FuseLoops;
import dev.peephole.pass.lower.NameBuffers;
import dev.peephole.pass.lower.SeparateOutputs;
import dev.peephole.pass.lower.SortByPhase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pass.lower.ToKernels.Network;
import dev.peephole.pass.naming.MarkTime;
import dev.peephole.pass.naming.UniqueConstants;
import dev.peephole.pass.naming.UniqueNames;
import dev.peephole.pass.recurrence.CarryStates;
import dev.peephole.pass.recurrence.HoistLoopInvariants;
import dev.peephole.pass.recurrence.SinkIntoScan;
import dev.peephole.pass.simplify.EliminateCommonSubexpressions;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import dev.peephole.pass.verify.Verify;
import dev.peephole.pass.verify.VerifyKernels;
import dev.peephole.pipeline.Stage.Equations;
import dev.peephole.pipeline.Stage.Kernels;
import dev.peephole.pipeline.Step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way from checked equations to the kernels that are printed; read it first. One style differs
 * from another in its {@link Optimization}s alone. {@link Verify} runs after each step that gives
 * equations, {@link VerifyKernels} after each that gives kernels.
 */
public final class Pipeline {
  private static final String CHECK = "check";
  private static final Optimization[] JOINED = {JOINED_PRODUCTS, JOINED_SUMS};
  private static final Optimization[] CHANGED = {JOINED_PRODUCTS, JOINED_SUMS, WINDOWS_IN_PLACE};

  /** Equations as the model says them, to equations with gradients. */
  private static final List<Step<Function>> DERIVATION =
      List.of(
          pass(new EliminateCommonSubexpressions()),
          pass(new SinkIntoScan()),
          pass(new UniqueNames()),
          pass(new UniqueConstants()),
          pass(new CarryStates()).where(task -> task.program().stateful()),
          pass(new HoistLoopInvariants()).with(HOISTING),
          pass(Differentiate.class, task -> Differentiate.of(task.program())),
          pass(new NameGradients()),
          pass(new Simplify()),
          pass(new EliminateDeadCode()),
          pass(new SeparateOutputs()));

  /** To equations in which what keeps a buffer has a name, in the order of the phases. */
  private static final List<Step<Function>> PREPARATION =
      List.of(
          pass(new SumOverWindows()).without(PRODUCTS_OF_WINDOWS),
          pass(new MultiplyWindows()).with(WINDOWS_IN_PLACE),
          pass(JoinProducts.class, task -> new JoinProducts(task.optimizations())).with(JOINED),
          pass(new HoistLoopInvariants()).again().with(JOINED).with(HOISTING),
          pass(new Simplify()).again().with(JOINED),
          pass(new EliminateDeadCode()).again().with(CHANGED),
          pass(new SeparateOutputs()).again().with(JOINED),
          pass(new JoinShares()).with(JOINED_SHARES),
          pass(NameBuffers.class, task -> new NameBuffers(task.optimizations())),
          pass(new UniqueNames()).again(),
          pass(new SortByPhase()),
          pass(new MarkTime()));

  /** The step from equations to kernels. */
  private static final String FUSE = "fuse";

  /** To kernels as they are printed. */
  private static final List<Step<Network>> FINISH =
      List.of(
          kernels(FuseLoops.NAME, FuseLoops::run).with(FUSED_LOOPS),
          kernels("cite-uses", CiteUses::run).without(FUSED_LOOPS),
          kernels("share-buffers", ShareBuffers::run).with(SHARED_BUFFERS));

  private Pipeline() {}

  /** What all stages are called, those included that only some programs or styles have. */
  public static List<String> names() {
    Stream<String> derived = DERIVATION.stream().map(Step::name);
    Stream<String> prepared = PREPARATION.stream().map(Step::name);
    Stream<String> finished = FINISH.stream().map(Step::name);
    return Stream.of(Stream.of(CHECK), derived, prepared, Stream.of(FUSE), finished)
        .flatMap(names -> names)
        .toList();
  }

  /** The stages of a network's equations, from the checked one to that with gradients. */
  public static List<Equations> derivation(Program program) {
    return derivation(program, Optimization.of(Style.FAST));
  }

  private static List<Equations> derivation(Program program, Set<Optimization> optimizations) {
    Equations checked = verified(CHECK, program.step());
    return stages(DERIVATION, new Task(program, optimizations), checked);
  }

  /** All stages of a checked network, from the first one to the kernels that are printed. */
  public static List<Stage> stages(Program checked, Set<Optimization> optimizations) {
    List<Equations> derived = derivation(checked, optimizations);
    List<Stage> stages = new ArrayList<>(derived);
    Program program = checked.withStep(last(derived).function());
    lowered(program, optimizations, stages);
    return stages;
  }

  /** The kernels of a network with its gradients, as they are printed. */
  public static Network lower(Program program, Set<Optimization> optimizations) {
    return lowered(program, optimizations, new ArrayList<>());
  }

  /** The kernels of an initializer, its result under the name of the parameter. */
  public static Schedule initializer(Function function, String parameter) {
    Schedule schedule = WorkInPlace.run(ToKernels.initializer(function, parameter));
    VerifyKernels.verify(schedule, "the initializer of " + parameter, "work-in-place");
    return schedule;
  }

  /** The kernels of an optimizer: a loop over the numbers of a parameter, or several. */
  public static Update optimizer(Optimizer optimizer, Set<Optimization> optimizations) {
    Update update = ToKernels.optimizer(optimizer, optimizations);
    if (!update.sums()) {
      VerifyKernels.verify(update.schedule(), "the optimizer", "fuse-loops");
    }
    return update;
  }

  /** The kernels of an option's schedule: numbers, each computed once a step. */
  public static Schedule schedule(Optimizer.Option option, Set<Optimization> optimizations) {
    Schedule schedule = ToKernels.schedule(option.schedule(), optimizations);
    VerifyKernels.verify(schedule, "the schedule of " + option.name(), "fuse-loops");
    return schedule;
  }

  private static Network lowered(
      Program program, Set<Optimization> optimizations, List<Stage> stages) {
    Task task = new Task(program, optimizations);
    List<Equations> prepared = stages(PREPARATION, task, new Equations("", program.step()));
    Program last = program.withStep(last(prepared).function());
    Network network = ToKernels.fused(last, optimizations);
    stages.addAll(prepared.subList(1, prepared.size()));
    VerifyKernels verify = new VerifyKernels();
    verify.verify(network, FUSE);
    stages.add(new Kernels(FUSE, network));
    for (Step<Network> step : FINISH) {
      if (step.applies().test(task)) {
        network = step.work().apply(task, network);
        verify.verify(network, step.name());
        stages.add(new Kernels(step.name(), network));
      }
    }
    return network;
  }

  private static List<Equations> stages(List<Step<Function>> steps, Task task, Equations first) {
    List<Equations> stages = new ArrayList<>(List.of(first));
    for (Step<Function> step : steps) {
      if (step.applies().test(task)) {
        Function now = step.work().apply(task, last(stages).function());
        stages.add(verified(step.name(), now));
      }
    }
    return stages;
  }

  /** The step of a stateful program that begins with carried states, before its gradients. */
  public static Function withCarriedStates(Program program) {
    return new CarryStates().run(program.step());
  }

  private static Equations last(List<Equations> stages) {
    return stages.get(stages.size() - 1);
  }

  private static Equations verified(String name, Function function) {
    Verify.verify(function, name);
    return new Equations(name, function);
  }

  /** The program with its gradients, simplified; its initializers and its optimizer likewise. */
  public static Program run(Program program) {
    return run(program, Optimization.of(Style.FAST));
  }

  /** The same with some optimisations or others. */
  public static Program run(Program program, Set<Optimization> optimizations) {
    Function derived = last(derivation(program, optimizations)).function();
    return program
        .withStep(derived)
        .withInitializers(Pipeline::simplified)
        .trainedBy(program.groups().stream().map(Pipeline::run).toList())
        .of(program);
  }

  /** Whether {@link #run} takes the same steps with some optimisations as with others. */
  public static boolean derivesAlike(
      Program checked, Set<Optimization> some, Set<Optimization> others) {
    return DERIVATION.stream()
        .map(Step::applies)
        .allMatch(
            taken -> taken.test(new Task(checked, some)) == taken.test(new Task(checked, others)));
  }

  private static Function simplified(Function function) {
    Function simple = new EliminateDeadCode().run(new Simplify().run(function));
    Verify.verify(simple, Pass.nameOf(EliminateDeadCode.class));
    return simple;
  }

  /** Simplifies an optimizer and drops the states and options that nothing reads. */
  private static Program.Group run(Program.Group group) {
    Optimizer optimizer = group.optimizer();
    Optimizer lean = optimizer.withStep(simplified(optimizer.step())).lean();
    List<Optimizer.Option> options =
        lean.options().stream()
            .map(option -> option.withSchedule(simplified(option.schedule())))
            .toList();
    Function step = new EliminateDeadCode().run(lean.step());
    return new Program.Group(lean.withStep(step).withOptions(options), group.parameters());
  }
}
