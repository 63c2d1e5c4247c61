package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.emit.java.buffer.DeviceStorage;
import dev.peephole.emit.java.method.MethodNames;
import dev.peephole.emit.java.method.ScheduleMethods;
import dev.peephole.emit.java.method.UpdateMethods;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.emit.opencl.DeviceKernel;
import dev.peephole.emit.opencl.KernelFile;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Reading;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Update;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Statement;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the optimizer's step on a device: what is the same for all numbers, then one kernel. */
final class DeviceUpdate {
  private final Program program;
  private final Set<Optimization> optimizations;
  private final Identifiers identifiers;
  private final DeviceStorage storage;
  private final KernelFile file;
  private final JavaPrinter printer;
  private final BiFunction<String, Double, String> constants;
  private final Map<String, Var> states = new LinkedHashMap<>();
  private final Map<String, Double> arenas = new LinkedHashMap<>();
  private final Map<String, String> found = new HashMap<>();
  private final Map<String, Var> places = new HashMap<>();

  /**
   * @param storage gets arenas for what the optimizer remembers
   * @param file gets the kernel
   * @param constants gives the name of a constant that the model names
   */
  DeviceUpdate(
      Program program,
      Set<Optimization> optimizations,
      Identifiers identifiers,
      DeviceStorage storage,
      KernelFile file,
      JavaPrinter printer,
      BiFunction<String, Double, String> constants) {
    this.program = program;
    this.optimizations = optimizations;
    this.identifiers = identifiers;
    this.storage = storage;
    this.file = file;
    this.printer = printer;
    this.constants = constants;
  }

  /** What the optimizer remembers, by the names that checkpoints use. */
  Map<String, Var> states() {
    return states;
  }

  /** Where it does, with what it begins with. */
  Map<String, Double> arenas() {
    return arenas;
  }

  /** The method, and those of the options that change; without a plan it refuses. */
  List<MethodSpec> methods() {
    MethodSpec.Builder update =
        Members.override("update", TypeName.VOID).addParameter(Moment.class, ScheduleMethods.NOW);
    if (program.groups().isEmpty()) {
      return List.of(update.addStatement(UpdateMethods.refusal(program)).build());
    }
    MethodNames names = new MethodNames(DeviceModel.class);
    List<String> kernels =
        program.groups().stream().map(group -> names.of(group.optimizer().name())).toList();
    ScheduleMethods schedules =
        new ScheduleMethods(program, optimizations, Precision.FLOAT, printer, names, constants);
    for (int g = 0; g < program.groups().size(); g++) {
      Program.Group group = program.groups().get(g);
      update.addCode(schedules.locals(group.optimizer()));
      update.addCode(update(group, kernels.get(g), schedules));
    }
    for (int i = 0; i < program.parameters().size(); i++) {
      remember(i);
    }
    List<MethodSpec> methods = new ArrayList<>(List.of(update.build()));
    methods.addAll(schedules.methods());
    return methods;
  }

  private CodeBlock update(Program.Group group, String name, ScheduleMethods schedules) {
    Optimizer optimizer = group.optimizer();
    Update update = Pipeline.optimizer(optimizer, optimizations);
    if (update.kernels().isEmpty()) {
      return CodeBlock.of("");
    }
    DeviceKernel kernel = file.addUpdate(update, name, schedules::name);
    CodeBlock.Builder code = CodeBlock.builder();
    List<String> numbers = numbers(update, schedules, code);
    String method = update.sums() ? "updateEach" : "update";
    CodeBlock.Builder call = CodeBlock.builder().add("$L($S", method, kernel.name());
    if (program.groups().size() > 1 || update.sums()) {
      call.add(", $L", places(group));
    }
    for (Optimizer.State state : optimizer.states()) {
      call.add(", $L", arena(state));
    }
    Stream.concat(numbers.stream(), kernel.arguments().stream())
        .forEach(number -> call.add(", $L", number));
    code.add(printer.anchored(OptimizerBody.mark(update.kernels()), call.add(");\n").build()));
    return code.build();
  }

  /** {@code new int[] {0, 1}}, which parameters a kernel is for. */
  private static String places(Program.Group group) {
    return group.parameters().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "new int[] {", "}"));
  }

  /** Where a state is; optimizers share what begins alike. */
  private String arena(Optimizer.State state) {
    return found.computeIfAbsent(
        state.name() + " " + state.initial(),
        key -> {
          String arena = storage.arena(state.name());
          arenas.put(arena, state.initial());
          for (int i = 0; i < program.weights().size(); i++) {
            Var weight = program.weights().get(i);
            Var var = Var.real(state.name() + "_" + weight.name(), weight.shape());
            storage.inArena(var, arena, "");
            places.put(key + " " + i, var);
          }
          return arena;
        });
  }

  private void remember(int parameter) {
    for (Optimizer.State state : program.optimizer(parameter).orElseThrow().states()) {
      Var var = places.get(state.name() + " " + state.initial() + " " + parameter);
      states.put(program.parameters().get(parameter).path() + "." + state.name(), var);
    }
  }

  /** Writes what is the same for all numbers of all parameters; returns the names of these. */
  private List<String> numbers(Update update, ScheduleMethods schedules, CodeBlock.Builder code) {
    List<Kernel> once =
        update.kernels().stream()
            .takeWhile(k -> k instanceof Kernel.Loop)
            .filter(k -> k.results().get(0).shape().rank() == 0)
            .toList();
    Identifiers locals = new Identifiers();
    update
        .rule()
        .options()
        .forEach(option -> locals.share(option.value(), locals.reserve(schedules.name(option))));
    OptimizerBody body = new OptimizerBody(update.withKernels(once), locals, constants);
    List<OptimizerBody.Part> parts = body.parts();
    List<Statement> all = parts.stream().flatMap(part -> part.statements().stream()).toList();
    String step = body.name(update.rule().count());
    if (Mentioned.variables(all, Kind.REAL).contains(step)) {
      code.addStatement("float $L = $L", step, Reading.Word.STEP.call(ScheduleMethods.NOW));
    }
    List<String> numbers = new ArrayList<>();
    for (OptimizerBody.Part part : parts) {
      CodeBlock.Builder inside = CodeBlock.builder();
      printer.comment(part.above(), inside);
      inside.add(printer.code(part.statements()));
      code.add(printer.anchored(part.mark(), inside.build()));
      part.numbers().forEach(identifiers::reserve);
      numbers.addAll(part.numbers());
    }
    return numbers;
  }
}
