package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.peephole.emit.Captions;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.TimeSteps;
import dev.peephole.emit.java.buffer.Descriptions;
import dev.peephole.emit.java.buffer.DeviceStorage;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.emit.java.method.InitializeMethod;
import dev.peephole.emit.java.method.Padding;
import dev.peephole.emit.java.method.ScheduleMethods;
import dev.peephole.emit.java.method.TensorLists;
import dev.peephole.emit.java.print.Anchors;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.KernelCode;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.emit.java.routine.RoutineCode;
import dev.peephole.emit.opencl.DeviceKernel;
import dev.peephole.emit.opencl.KernelFile;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.loop.Printed;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Sequences;
import dev.peephole.runtime.opencl.Buffer;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceModel;
import dev.peephole.runtime.opencl.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * Writes a network for OpenCL: the kernels in OpenCL C, and a Java class that puts them into a
 * device's queue, one after another.
 */
public final class DeviceClass {
  private static final Set<String> RESERVED =
      Set.of(
          Extents.EXAMPLES,
          "seed",
          ScheduleMethods.NOW,
          "device",
          "parameters",
          "gradients",
          "states");

  private final Style style;
  private final Set<Optimization> optimizations;
  private final ToKernels.Network network;
  private final Program program;
  private final String className;
  private final Identifiers identifiers = KernelFile.identifiers();
  private final DeviceStorage storage = new DeviceStorage(identifiers);
  private final KernelFile file;
  private final JavaLoops loops;
  private final Padding padding;
  private final Map<String, Double> constants = new LinkedHashMap<>();
  private final Anchors anchors = new Anchors();
  private final JavaPrinter printer = new JavaPrinter(Precision.FLOAT, anchors);
  private final Set<String> grids = new TreeSet<>();
  private final TypeSpec.Builder type;
  private Printed java = Printed.of("");

  /**
   * @param program differentiated and simplified
   * @param className what the class is called
   */
  public DeviceClass(Program program, String className, Style style) {
    this.style = style;
    this.optimizations = Optimization.onDevice(Optimization.of(style));
    this.network = Pipeline.lower(program, optimizations);
    this.program = network.program();
    this.className = className;
    RESERVED.forEach(identifiers::reserve);
    if (program.lengths().isPresent()) {
      identifiers.reserve(Extents.STEPS);
    }
    this.padding = new Padding(this.program, storage, printer);
    this.file = new KernelFile(this.program, style, identifiers, storage);
    this.loops = new JavaLoops(storage, identifiers, file::constant);
    this.type = TypeSpec.classBuilder(className);
    write();
  }

  /** The text of the class, in the unnamed package. */
  public String java() {
    return java.text();
  }

  /** The same with where its lines come from. */
  public Printed printed() {
    return java;
  }

  /** The name of the file with the kernels, which belongs beside the class. */
  public String kernelFile() {
    return className + ".cl";
  }

  /** The text of the file with the kernels. */
  public String kernels() {
    return file.printed().text();
  }

  /** The same with the lines of each kernel. */
  public Printed printedKernels() {
    return file.printed();
  }

  private void write() {
    declareStorage();
    type.addModifiers(Modifier.PUBLIC, Modifier.FINAL).superclass(DeviceModel.class);
    documentation();
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PUBLIC)
            .addParameter(Device.class, "device")
            .addStatement("super(device, $S)", kernelFile())
            .build());
    padding.field().map(Anchors::field).ifPresent(type::addField);
    padding.override().ifPresent(type::addMethod);
    computations().forEach(type::addMethod);
    DeviceUpdate update =
        new DeviceUpdate(
            program, optimizations, identifiers, storage, file, printer, this::constant);
    update.methods().forEach(type::addMethod);
    InitialValues initial = new InitialValues(update.arenas());
    type.addMethod(initial.method());
    TensorLists lists = new TensorLists(program, storage);
    lists.methods().forEach(type::addMethod);
    lists.trained(update.states()).forEach(type::addMethod);
    initial.constants().forEach(f -> type.addField(Anchors.field(f)));
    type.addFields(storage.fields(anchors));
    JavaFile.Builder text = JavaFile.builder("", type.build()).skipJavaLangImports(true);
    grids.forEach(g -> text.addStaticImport(Grid.class, g));
    padding.functions().forEach(f -> text.addStaticImport(Sequences.class, f));
    printer.imports(text);
    java = anchors.printed(text.build());
  }

  private void documentation() {
    if (!program.doc().isEmpty()) {
      type.addJavadoc("$L\n\n", Commented.text(program.doc()));
    }
    type.addJavadoc(
        "<p>Compiled by {@code nnc} from {@code $L} in the $L style. It puts the kernels of {@code\n"
            + "$L} into a device's queue; above each stands its equation, with the line of the\n"
            + "model that it comes from.\n",
        program.file().shortName(),
        style == Style.FAST ? "fast" : "textbook",
        kernelFile());
    type.addJavadoc("$L", ModelClass.library(network));
  }

  private void declareStorage() {
    List<Var> weights = program.weights();
    List<Var> gradients = network.gradients();
    for (int i = 0; i < weights.size(); i++) {
      String doc = Descriptions.weight(program.parameters().get(i), weights.get(i));
      storage.inArena(weights.get(i), "parameters", doc);
      storage.inArena(gradients.get(i), "gradients", "");
    }
    for (int i = 0; i < program.states().size(); i++) {
      Var state = program.kept().get(i).before();
      storage.inArena(state, "states", Descriptions.weight(program.states().get(i), state));
    }
    program.inputs().forEach(storage::input);
    program.targets().forEach(storage::input);
    program.lengths().ifPresent(storage::input);
    program.continues().ifPresent(storage::input);
    program.carried().forEach(carried -> storage.carried(carried.state()));
    for (Phase phase : Phase.values()) {
      for (Kernel kernel : network.phases().get(phase)) {
        storage.results(kernel);
        LocalNames.declare(kernel, identifiers);
      }
    }
    program.carried().forEach(storage::carries);
    program.kept().forEach(storage::keeps);
  }

  private List<MethodSpec> computations() {
    List<MethodSpec> methods = new ArrayList<>();
    CodeBlock shared = body(Phase.FORWARD);
    CodeBlock forward = CodeBlock.of("");
    if (!shared.isEmpty()) {
      methods.add(
          MethodSpec.methodBuilder("forward")
              .addJavadoc("What the outputs need, and training too.")
              .addModifiers(Modifier.PRIVATE)
              .addParameter(TypeName.INT, Extents.EXAMPLES)
              .addCode(shared)
              .build());
      forward = CodeBlock.of("forward($L);\n\n", Extents.EXAMPLES);
    }
    List<String> outputs = program.outputs().stream().map(identifiers::of).toList();
    CodeBlock fetch =
        CodeBlock.of("fetch($L, $L);\n", Extents.EXAMPLES, String.join(", ", outputs));
    CodeBlock loss = CodeBlock.of("return $L;\n", identifiers.of(program.loss()));
    methods.add(
        method("computeOutputs", TypeName.VOID, Modifier.PROTECTED)
            .addCode(join(forward, body(Phase.OUTPUTS), fetch))
            .build());
    methods.add(
        method("computeLoss", TypeName.get(Buffer.class), Modifier.PROTECTED)
            .addCode(join(forward, body(Phase.LOSS), loss))
            .build());
    methods.add(
        method("backward", TypeName.VOID, Modifier.PUBLIC).addCode(body(Phase.BACKWARD)).build());
    if (!program.carried().isEmpty() || !program.kept().isEmpty()) {
      methods.add(method("carry", TypeName.VOID, Modifier.PUBLIC).addCode(carry()).build());
    }
    return methods;
  }

  private CodeBlock carry() {
    CodeBlock.Builder code = CodeBlock.builder();
    for (Program.Carried each : program.carried()) {
      Var carried = each.state();
      Var sequence = each.sequence();
      CodeBlock last = printer.wrapped(Extents.last(sequence.shape().axis(0)));
      CodeBlock.Builder keep = CodeBlock.builder();
      keep.add("// $L = $L[$L]\n", carried.name(), sequence.name(), last);
      keep.addStatement(
          "keep($L, $L, $L, $L)",
          Extents.EXAMPLES,
          identifiers.of(sequence),
          last,
          identifiers.of(carried));
      code.add(printer.anchored(storage.carry(carried), keep.build()));
    }
    for (Program.Kept each : program.kept()) {
      CodeBlock.Builder keep = CodeBlock.builder();
      keep.add("// $L = $L\n", each.before().name(), each.after().name());
      keep.addStatement(
          "keep($L, $L)", identifiers.of(each.after()), identifiers.of(each.before()));
      code.add(printer.anchored(storage.carry(each.before()), keep.build()));
    }
    return code.build();
  }

  private static CodeBlock join(CodeBlock... blocks) {
    return CodeBlock.join(List.of(blocks), "");
  }

  private static MethodSpec.Builder method(String name, TypeName returns, Modifier access) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(access)
        .returns(returns)
        .addParameter(TypeName.INT, Extents.EXAMPLES);
  }

  private CodeBlock body(Phase phase) {
    String name = phase.name().toLowerCase(Locale.ROOT);
    return steps(network.phases().get(phase), name, "");
  }

  private CodeBlock steps(List<Kernel> kernels, String phase, String time) {
    List<CodeBlock> steps = new ArrayList<>();
    for (Kernel kernel : kernels) {
      if (kernel instanceof Kernel.Recurrence recurrence) {
        steps.add(recurrence(recurrence, phase));
      } else if (!(kernel instanceof Kernel.Alias)) {
        DeviceKernel added = file.add(kernel, phase, time, loops.of(kernel, time));
        steps.add(commented(kernel, call(added)));
      }
    }
    return CodeBlock.join(steps, "\n");
  }

  private CodeBlock commented(Kernel kernel, CodeBlock code) {
    CodeBlock.Builder commented = CodeBlock.builder();
    printer.comment(Captions.of(kernel), commented);
    return printer.anchored(Printed.Mark.of(kernel), commented.add(code).build());
  }

  private CodeBlock recurrence(Kernel.Recurrence recurrence, String phase) {
    CodeBlock.Builder code = CodeBlock.builder();
    String t = identifiers.time();
    code.beginControlFlow("$L", printer.head(TimeSteps.loop(recurrence.parts(), t, List.of())));
    if (!recurrence.states().isEmpty()) {
      DeviceKernel carry = file.addCarry(recurrence, phase, t, loops.carry(recurrence, t));
      Origin origin = recurrence.states().get(0).origin();
      Printed.Mark mark = new Printed.Mark(Printed.Kind.STATEMENT, recurrence.before(), origin);
      code.add(printer.anchored(mark, call(carry))).add("\n");
    }
    code.add(steps(recurrence.body(), phase, t));
    return commented(recurrence, code.endControlFlow().build());
  }

  private CodeBlock call(DeviceKernel kernel) {
    grids.add(kernel.grid().function());
    CodeBlock.Builder code = CodeBlock.builder();
    code.add("run($S, $L($L)", kernel.name(), kernel.grid().function(), kernel.grid().arguments());
    kernel.arguments().forEach(argument -> code.add(",$W$L", argument));
    return code.add(");\n").build();
  }

  /** What the class calls a number that the model has a name for. */
  private String constant(String name, double value) {
    String constant = file.constant(name, value);
    constants.put(constant, value);
    return constant;
  }

  /** The first values of the parameters, which the host draws as it does for itself. */
  private final class InitialValues {
    private final Precision precision = Precision.FLOAT;
    private final Storage host = new Storage(identifiers, precision, Map.of());
    private final Lowering numbers = new Lowering(host, identifiers, DeviceClass.this::constant);
    private final RoutineCode routines = new RoutineCode(Set.of(), identifiers, numbers);
    private final Map<String, Double> arenas;

    InitialValues(Map<String, Double> arenas) {
      this.arenas = arenas;
    }

    MethodSpec method() {
      KernelCode kernels =
          new KernelCode(new KernelLoops(numbers, routines, RowStarts.ZERO, false), printer);
      InitializeMethod initialize =
          new InitializeMethod(program, precision, identifiers, host, kernels);
      CodeBlock.Builder code = CodeBlock.builder();
      for (int i = 0; i < program.weights().size(); i++) {
        first(program.parameters().get(i), program.weights().get(i), initialize, code);
      }
      for (int i = 0; i < program.states().size(); i++) {
        first(program.states().get(i), program.kept().get(i).before(), initialize, code);
      }
      arenas.forEach(
          (arena, value) -> code.addStatement("$L.fill($L)", arena, precision.literal(value)));
      return MethodSpec.methodBuilder("draw")
          .addAnnotation(Override.class)
          .addModifiers(Modifier.PROTECTED)
          .addParameter(TypeName.LONG, "seed")
          .addCode(code.build())
          .build();
    }

    private void first(
        Program.Parameter parameter,
        Var weight,
        InitializeMethod initialize,
        CodeBlock.Builder code) {
      CodeBlock.Builder array = CodeBlock.builder();
      array.addStatement("float[] $1L = this.$1L.reals()", identifiers.of(weight));
      Printed.Mark mark = Printed.Mark.of(Printed.Kind.DECLARATION, weight);
      code.add(printer.anchored(mark, array.build()));
      code.add(initialize.first(parameter, weight)).add("\n");
    }

    List<FieldSpec> constants() {
      List<FieldSpec> fields = new ArrayList<>();
      constants.forEach((name, value) -> fields.add(Members.constant(name, value, precision)));
      return fields;
    }
  }
}
