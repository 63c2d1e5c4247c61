package dev.peephole.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.peephole.ir.Program;
import dev.peephole.ir.Program.Parameter;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.pass.Phases.Phase;
import dev.peephole.pass.ToKernels;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Matrix;
import dev.peephole.runtime.kernel.MatrixProduct;
import dev.peephole.runtime.kernel.Real;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** Writes a network as a Java class: forward beside backward, then what the training loop asks. */
public final class ModelClass {
  private final String className;
  private final Style style;
  private final Precision precision;
  private final ToKernels.Network network;
  private final Program program;
  private final Identifiers identifiers = new Identifiers();
  private final Storage storage;
  private final Constants constants;
  private final ScalarCode scalars;
  private final RoutineCode routines;
  private final KernelCode kernels;
  private final TreeSet<String> functions = new TreeSet<>();
  private final Map<String, Var> states = new LinkedHashMap<>();
  private final TypeSpec.Builder type;

  /**
   * @param program differentiated and simplified
   * @param className what the class is called
   */
  public ModelClass(Program program, String className, Style style, Precision precision) {
    this.className = className;
    this.style = style;
    this.precision = precision;
    this.network = new ToKernels(style).network(program);
    this.program = network.program();
    List.of("n", "seed", "step", "examples", "products").forEach(identifiers::reserve);
    this.storage = new Storage(identifiers, precision);
    this.constants = new Constants(identifiers, precision);
    this.scalars = new ScalarCode(storage, precision, identifiers, constants::name);
    this.routines = new RoutineCode(style, identifiers);
    this.kernels = new KernelCode(scalars, routines, precision, identifiers);
    this.type = TypeSpec.classBuilder(className);
  }

  /** The text of the file, in the unnamed package. */
  public String text() {
    declareStorage();
    type.addModifiers(Modifier.PUBLIC, Modifier.FINAL).addSuperinterface(Model.class);
    documentation();
    List<MethodSpec> methods = new ArrayList<>(computation());
    methods.addAll(training());
    methods.add(reserve());
    methods.addAll(new TensorLists(network, states, storage, identifiers).methods());
    type.addFields(constants.fields());
    type.addFields(storage.fields());
    type.addMethods(methods);
    JavaFile.Builder file = JavaFile.builder("", type.build()).skipJavaLangImports(true);
    functions.addAll(scalars.functions());
    functions.forEach(f -> file.addStaticImport(Real.class, f));
    new TreeSet<>(routines.matrixFunctions()).forEach(f -> file.addStaticImport(Matrix.class, f));
    return Tidy.text(file.build());
  }

  private void documentation() {
    if (!program.doc().isEmpty()) {
      type.addJavadoc("$L\n\n", String.join("\n", program.doc()));
    }
    type.addJavadoc(
        "<p>Compiled by {@code nnc} from {@code $L} in the $L style. Above each step stands its "
            + "equation,\nwith the line of the model that it comes from.\n",
        program.file().shortName(),
        style == Style.FAST ? "fast" : "textbook");
  }

  private void declareStorage() {
    if (style == Style.FAST) {
      type.addField(
          FieldSpec.builder(MatrixProduct.class, "products", Modifier.PRIVATE, Modifier.FINAL)
              .initializer("new $T()", MatrixProduct.class)
              .build());
    }
    List<Var> weights = program.weights();
    for (int i = 0; i < weights.size(); i++) {
      Parameter parameter = program.parameters().get(i);
      String path = parameter.path().isEmpty() ? "" : parameter.path() + ": ";
      storage.fixed(
          weights.get(i), path + weights.get(i).shape() + ", at first " + parameter.formula());
      storage.fixed(program.gradients().get(i), "");
    }
    program.inputs().forEach(storage::perExample);
    program.targets().forEach(storage::perExample);
    for (Phase phase : Phase.values()) {
      for (Kernel kernel : network.phases().get(phase)) {
        if (kernel instanceof Kernel.Alias alias) {
          storage.alias(alias.out(), alias.of());
        } else {
          kernel.results().forEach(storage::computed);
        }
        nameLocals(kernel);
      }
    }
  }

  private void nameLocals(Kernel kernel) {
    if (kernel instanceof Kernel.Loop loop) {
      loop.body().stream().filter(s -> !s.stored()).forEach(s -> identifiers.of(s.out()));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      identifiers.local(reduce.op().hint(List.of()));
    }
  }

  private List<MethodSpec> computation() {
    List<MethodSpec> methods = new ArrayList<>();
    boolean shared = !network.phases().get(Phase.FORWARD).isEmpty();
    if (shared) {
      methods.add(
          MethodSpec.methodBuilder("forward")
              .addJavadoc("What the outputs and the loss have in common.")
              .addModifiers(Modifier.PRIVATE)
              .addParameter(TypeName.INT, "n")
              .addCode(code(Phase.FORWARD))
              .build());
    }
    CodeBlock forward = shared ? CodeBlock.of("forward(n);\n\n") : CodeBlock.of("");
    methods.add(
        override("predict", TypeName.VOID)
            .addParameter(TypeName.INT, "n")
            .addCode(forward)
            .addCode(code(Phase.OUTPUTS))
            .build());
    methods.add(
        override("loss", TypeName.DOUBLE)
            .addParameter(TypeName.INT, "n")
            .addCode(forward)
            .addCode(code(Phase.LOSS))
            .addStatement("return $L", identifiers.of(program.loss()))
            .build());
    methods.add(
        override("backward", TypeName.VOID)
            .addParameter(TypeName.INT, "n")
            .addCode(code(Phase.BACKWARD))
            .build());
    return methods;
  }

  private CodeBlock code(Phase phase) {
    CodeBlock.Builder code = CodeBlock.builder();
    boolean first = true;
    for (Kernel kernel : network.phases().get(phase)) {
      if (kernel instanceof Kernel.Alias) {
        continue;
      }
      code.add(first ? "" : "\n").add(kernels.code(kernel));
      first = false;
    }
    return code.build();
  }

  /** The optimizer's step and the first values. */
  private List<MethodSpec> training() {
    List<MethodSpec> methods = new ArrayList<>();
    MethodSpec.Builder update =
        override("update", TypeName.VOID).addParameter(TypeName.LONG, "step");
    CodeBlock.Builder forget = CodeBlock.builder();
    if (program.optimizer().isPresent()) {
      Program.Optimizer optimizer = program.optimizer().get();
      Schedule schedule = new ToKernels(style).optimizer(optimizer.step());
      OptimizerMethod method = new OptimizerMethod(optimizer, schedule, precision, constants);
      String name = identifiers.fresh(optimizer.name());
      MethodSpec step = method.method(name);
      functions.addAll(method.functions());
      for (int i = 0; i < program.weights().size(); i++) {
        update.addStatement("$L", call(name, optimizer, i, forget));
      }
      methods.add(update.build());
      methods.add(step);
    } else {
      update.addStatement(
          "throw new $T($S)",
          UnsupportedOperationException.class,
          program.file().shortName() + " has no training plan for " + program.name());
      methods.add(update.build());
    }
    methods.add(initialize(forget.build()));
    return methods;
  }

  private CodeBlock call(
      String name, Program.Optimizer optimizer, int parameter, CodeBlock.Builder forget) {
    Var weight = program.weights().get(parameter);
    List<String> arguments = new ArrayList<>();
    arguments.add(identifiers.of(weight));
    arguments.add(identifiers.of(program.gradients().get(parameter)));
    for (String state : optimizer.states()) {
      Var var = Var.real(state + "_" + weight.name(), weight.shape());
      storage.fixed(var, "");
      states.put(program.parameters().get(parameter).path() + "." + state, var);
      arguments.add(identifiers.of(var));
      forget.addStatement("$T.fill($L, 0)", Arrays.class, identifiers.of(var));
    }
    arguments.add("step");
    return CodeBlock.of("$L($L)", name, String.join(", ", arguments));
  }

  private MethodSpec initialize(CodeBlock forget) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < program.parameters().size(); i++) {
      code.add(i > 0 ? "\n" : "").add(initialize(i));
    }
    if (!forget.isEmpty()) {
      code.add("\n").add(forget);
    }
    return override("initialize", TypeName.VOID)
        .addParameter(TypeName.LONG, "seed")
        .addCode(code.build())
        .build();
  }

  private CodeBlock initialize(int parameter) {
    Var weight = program.weights().get(parameter);
    Schedule schedule =
        new ToKernels(style)
            .initializer(program.parameters().get(parameter).initializer(), weight.name());
    CodeBlock.Builder code = CodeBlock.builder();
    for (Kernel kernel : schedule.kernels()) {
      Var out = kernel.results().get(0);
      if (schedule.outputs().contains(out) || readInPlace(out, schedule)) {
        storage.given(out, identifiers.of(weight));
      } else if (out.shape().rank() > 0) {
        storage.given(out, identifiers.fresh(out.name()));
        code.addStatement(
            "$T $L = new $T[$L]",
            precision.arrayType(),
            identifiers.of(out),
            precision.type(),
            Storage.product(out));
      } else {
        code.add("$T ", precision.type());
      }
      code.add(kernels.code(kernel));
    }
    return code.build();
  }

  /** Whether the parameter's own array can hold a value on the way to the parameter. */
  private static boolean readInPlace(Var var, Schedule schedule) {
    return var.shape().rank() > 0
        && schedule.kernels().stream()
            .filter(k -> !(k instanceof Kernel.Loop))
            .flatMap(k -> Loads.of(k).stream())
            .noneMatch(l -> l.var() == var);
  }

  private MethodSpec reserve() {
    return override("reserve", TypeName.VOID)
        .addParameter(TypeName.INT, "examples")
        .addCode(storage.reserve())
        .build();
  }

  static MethodSpec.Builder override(String name, TypeName returns) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns);
  }

  /** The class's name. */
  public ClassName name() {
    return ClassName.get("", className);
  }
}
