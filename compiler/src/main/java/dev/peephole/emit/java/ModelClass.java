package dev.peephole.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.peephole.emit.Captions;
import dev.peephole.emit.Constants;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.java.buffer.Descriptions;
import dev.peephole.emit.java.buffer.Storage;
import dev.peephole.emit.java.method.BuffersMethod;
import dev.peephole.emit.java.method.ComputationMethods;
import dev.peephole.emit.java.method.InitializeMethod;
import dev.peephole.emit.java.method.OptimizerMethod;
import dev.peephole.emit.java.method.Padding;
import dev.peephole.emit.java.method.ScheduleMethods;
import dev.peephole.emit.java.method.TensorLists;
import dev.peephole.emit.java.method.UpdateMethods;
import dev.peephole.emit.java.print.Anchors;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.ConstantFormulas;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.KernelCode;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.emit.java.routine.RoutineCode;
import dev.peephole.emit.java.vector.VectorLoops;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.loop.Printed;
import dev.peephole.op.JoinShares;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.Joint;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes a network as a Java class: forward beside backward, then what the training loop asks. */
public final class ModelClass {
  /**
   * What the code itself calls its parameters, and classes that it names where a value might be.
   */
  private static final List<String> RESERVED =
      List.of(
          Extents.EXAMPLES,
          "seed",
          ScheduleMethods.NOW,
          "products",
          "BATCH",
          "OPEN",
          "Arrays",
          "Double",
          "Float");

  private final Style style;
  private final Precision precision;
  private final Set<Optimization> optimizations;
  private final ToKernels.Network network;
  private final Program program;
  private final Identifiers identifiers = new Identifiers();
  private final Storage storage;
  private final Constants constants;
  private final Lowering numbers;
  private final JavaPrinter printer;
  private final RoutineCode routines;
  private final Optional<VectorLoops> vectors;
  private final Padding padding;
  private final Anchors anchors = new Anchors();
  private final TypeSpec.Builder type;

  /**
   * @param program differentiated and simplified
   * @param className what the class is called
   */
  public ModelClass(Program program, String className, Style style, Precision precision) {
    this(program, className, style, precision, Optimization.of(style));
  }

  /**
   * The same with some optimisations or others.
   *
   * @param style what the class says that its style is
   */
  public ModelClass(
      Program program,
      String className,
      Style style,
      Precision precision,
      Set<Optimization> optimizations) {
    this.style = style;
    this.precision = precision;
    this.optimizations = optimizations;
    this.network = Pipeline.lower(program, optimizations);
    this.program = network.program();
    RESERVED.forEach(identifiers::reserve);
    boolean inVectors =
        optimizations.contains(Optimization.VECTORS_ALONG_ROWS) && precision == Precision.FLOAT;
    if (inVectors) {
      VectorLoops.RESERVED.forEach(identifiers::reserve);
    }
    if (program.step().dependsOnMode()) {
      identifiers.reserve("mode");
    }
    if (joins()) {
      List.of(RoutineCode.SHARES, "Joint").forEach(identifiers::reserve);
    }
    if (sharedUpdate()) {
      List.of(OptimizerMethod.SHARE, "Share").forEach(identifiers::reserve);
    }
    if (program.lengths().isPresent()) {
      identifiers.reserve(Extents.STEPS);
    }
    this.storage = new Storage(identifiers, precision, network.shared());
    this.constants = new Constants(identifiers);
    this.numbers =
        optimizations.contains(Optimization.CONSTANT_FOLDING)
            ? new Lowering(storage, identifiers, constants::name)
            : new Lowering(
                storage, identifiers, constants::name, new ConstantFormulas(precision)::of);
    this.printer = new JavaPrinter(precision, anchors);
    this.routines = new RoutineCode(optimizations, identifiers, numbers);
    this.vectors =
        inVectors
            ? Optional.of(
                new VectorLoops(className, storage, storage::areInOneArray, numbers, printer))
            : Optional.empty();
    this.padding = new Padding(network.program(), storage, printer);
    this.type = TypeSpec.classBuilder(className);
  }

  private KernelCode kernels(RowStarts starts) {
    return new KernelCode(
        new KernelLoops(
            numbers, routines, starts, optimizations.contains(Optimization.FLATTENED_LOOPS)),
        printer);
  }

  /** Whether threads join what is computed across the batch. */
  private boolean joins() {
    return program.step().equations().stream().anyMatch(e -> e.op() instanceof JoinShares);
  }

  private boolean sharedUpdate() {
    return optimizations.contains(Optimization.SHARED_UPDATE);
  }

  /** The text of the file, in the unnamed package. */
  public String text() {
    return printed().text();
  }

  /** The text of the file, with the lines that came of each kernel; to be called once. */
  public Printed printed() {
    declareStorage();
    type.addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .superclass(
            ParameterizedTypeName.get(ClassName.get(ArrayModel.class), precision.arrayType()));
    documentation();
    UpdateMethods update =
        new UpdateMethods(program, optimizations, precision, printer, constants, sharedUpdate());
    List<MethodSpec> methods =
        new ArrayList<>(
            new ComputationMethods(
                    network,
                    kernels(vectors.map(RowStarts.class::cast).orElse(RowStarts.ZERO)),
                    identifiers,
                    padding,
                    storage)
                .methods());
    methods.addAll(update.methods());
    if (program.step().dependsOnMode()) {
      methods.add(
          Members.override("mode", TypeName.get(Mode.class)).addStatement("return mode").build());
    }
    TensorLists.acrossBatch(program).ifPresent(methods::add);
    if (joins()) {
      methods.add(
          Members.override("join", TypeName.BOOLEAN)
              .addParameter(Joint.Member.class, "member")
              .addStatement("$L = member", RoutineCode.SHARES)
              .addStatement("return true")
              .build());
    }
    methods.add(
        new InitializeMethod(program, precision, identifiers, storage, kernels(RowStarts.ZERO))
            .method());
    methods.add(declare(update));
    methods.add(new BuffersMethod(network, storage).method());
    TensorLists.answers(program).ifPresent(methods::add);
    methods.add(constructor());
    constants.forEach(
        (name, value) -> type.addField(Anchors.field(Members.constant(name, value, precision))));
    routines.fields().forEach(f -> type.addField(Anchors.field(f)));
    type.addFields(storage.fields(anchors));
    padding.field().map(Anchors::field).ifPresent(type::addField);
    vectors.flatMap(VectorLoops::field).map(Anchors::field).ifPresent(type::addField);
    type.addMethods(methods);
    vectors.flatMap(VectorLoops::type).ifPresent(type::addType);
    JavaFile.Builder file = JavaFile.builder("", type.build()).skipJavaLangImports(true);
    padding.functions().forEach(f -> file.addStaticImport(Sequences.class, f));
    printer.imports(file);
    vectors.ifPresent(v -> v.imports(file));
    return anchors.printed(file.build());
  }

  /** Says what is trained, what layers keep, and what is remembered for that. */
  private MethodSpec declare(UpdateMethods update) {
    MethodSpec.Builder code =
        MethodSpec.methodBuilder("declare")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED);
    for (int i = 0; i < program.parameters().size(); i++) {
      Var weight = program.weights().get(i);
      code.addStatement(
          "parameter($S, $L, $L$L)",
          program.parameters().get(i).path(),
          identifiers.of(weight),
          identifiers.of(program.gradients().get(i)),
          axes(weight));
    }
    for (int i = 0; i < program.states().size(); i++) {
      Var state = program.kept().get(i).before();
      code.addStatement(
          "kept($S, $L$L)", program.states().get(i).path(), identifiers.of(state), axes(state));
    }
    return code.addCode(update.declarations()).build();
  }

  /** {@code , 2, 8}. */
  private static String axes(Var var) {
    return var.shape().axes().stream().map(length -> ", " + length).collect(Collectors.joining());
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addStatement("super($S, $T[]::new)", program.name(), precision.type())
        .build();
  }

  private void documentation() {
    if (!program.doc().isEmpty()) {
      type.addJavadoc("$L\n\n", Commented.text(program.doc()));
    }
    type.addJavadoc(
        "<p>Compiled by {@code nnc} from {@code $L} in the $L style. Above each step\n"
            + "stands its equation, with the line of the model that it comes from.\n",
        program.file().shortName(),
        style == Style.FAST ? "fast" : "textbook");
    type.addJavadoc("$L", library(network));
  }

  /** Where to find the lines that are not in the model itself. */
  static String library(ToKernels.Network network) {
    Set<String> files = Captions.libraryFiles(network.phases().values());
    return files.stream()
        .map(
            file ->
                "{@code " + file + "} is a file of the library, which {@code nnc std} prints.\n")
        .collect(Collectors.joining());
  }

  private static FieldSpec made(Class<?> type, String name) {
    return Anchors.field(
        FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new $T()", type)
            .build());
  }

  private void declareStorage() {
    if (optimizations.contains(Optimization.TILED_PRODUCTS)) {
      type.addField(made(MatrixProduct.class, "products"));
    }
    if (program.step().dependsOnMode()) {
      type.addField(made(Mode.class, "mode"));
    }
    if (joins()) {
      type.addField(
          Anchors.field(
              FieldSpec.builder(Joint.Member.class, RoutineCode.SHARES, Modifier.PRIVATE)
                  .initializer("$T.ALONE", Joint.class)
                  .build()));
    }
    List<Var> weights = program.weights();
    List<Var> gradients = network.gradients();
    for (int i = 0; i < weights.size(); i++) {
      storage.fixed(
          weights.get(i), Descriptions.weight(program.parameters().get(i), weights.get(i)));
      storage.fixed(gradients.get(i), Descriptions.gradient(weights.get(i)));
    }
    for (int i = 0; i < program.states().size(); i++) {
      Var state = program.kept().get(i).before();
      storage.fixed(state, Descriptions.weight(program.states().get(i), state));
    }
    declare(program.inputs(), "input");
    declare(program.targets(), "target");
    declare(program.lengths().stream().toList(), "the time steps of each example");
    declare(program.continues().stream().toList(), "whether it goes on where the one before ended");
    declare(program.step().inputs(Role.CARRIED), "what the examples begin with");
    for (Phase phase : Phase.values()) {
      for (Kernel kernel : network.phases().get(phase)) {
        storage.describe(kernel);
        storage.results(kernel);
        LocalNames.declare(kernel, identifiers);
      }
    }
    program.carried().forEach(storage::carries);
    program.kept().forEach(storage::keeps);
  }

  private void declare(List<Var> given, String what) {
    given.forEach(v -> storage.perBatch(v, Descriptions.shape(v.shape()) + " " + what));
  }
}
