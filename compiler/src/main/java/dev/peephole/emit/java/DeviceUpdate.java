package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Captions;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.emit.java.buffer.DeviceStorage;
import dev.peephole.emit.java.method.UpdateMethods;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.opencl.DeviceKernel;
import dev.peephole.emit.opencl.KernelFile;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.loop.Printed;
import dev.peephole.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
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

  /** The method; without a plan it refuses. */
  MethodSpec method() {
    MethodSpec.Builder update =
        Members.override("update", TypeName.VOID).addParameter(TypeName.LONG, "step");
    if (program.optimizer().isEmpty()) {
      return update.addStatement(UpdateMethods.refusal(program)).build();
    }
    Program.Optimizer optimizer = program.optimizer().get();
    Schedule schedule = Pipeline.optimizer(optimizer.step(), optimizations);
    DeviceKernel kernel = file.addUpdate(optimizer, schedule);
    CodeBlock.Builder code = CodeBlock.builder();
    List<String> numbers = numbers(optimizer, schedule, code);
    CodeBlock.Builder call = CodeBlock.builder().add("update($S", kernel.name());
    List<String> places = new ArrayList<>();
    for (Program.Optimizer.State state : optimizer.states()) {
      String arena = storage.arena(state.name());
      arenas.put(arena, state.initial());
      places.add(arena);
      call.add(", $L", arena);
    }
    for (int i = 0; i < program.weights().size(); i++) {
      Var weight = program.weights().get(i);
      for (int s = 0; s < places.size(); s++) {
        String name = optimizer.states().get(s).name();
        Var var = Var.real(name + "_" + weight.name(), weight.shape());
        storage.inArena(var, places.get(s), "");
        states.put(program.parameters().get(i).path() + "." + name, var);
      }
    }
    Stream.concat(numbers.stream(), kernel.arguments().stream())
        .forEach(number -> call.add(", $L", number));
    code.add(printer.anchored(OptimizerBody.mark(schedule), call.add(");\n").build()));
    return update.addCode(code.build()).build();
  }

  /** Writes what is the same for all numbers of all parameters; returns the names of these. */
  private List<String> numbers(
      Program.Optimizer optimizer, Schedule schedule, CodeBlock.Builder code) {
    List<Kernel> once =
        schedule.kernels().stream().filter(k -> k.results().get(0).shape().rank() == 0).toList();
    OptimizerBody body =
        new OptimizerBody(optimizer, schedule.withKernels(once), new Identifiers(), constants);
    List<String> numbers = new ArrayList<>();
    for (OptimizerBody.Part part : body.parts()) {
      CodeBlock.Builder inside = CodeBlock.builder();
      printer.comment(Captions.above(part.kernel()), inside);
      inside.add(printer.code(part.statements()));
      code.add(printer.anchored(Printed.Mark.of(part.kernel()), inside.build()));
      part.numbers().forEach(identifiers::reserve);
      numbers.addAll(part.numbers());
    }
    return numbers;
  }
}
