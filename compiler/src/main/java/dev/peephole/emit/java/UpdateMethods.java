package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Constants;
import dev.peephole.emit.Identifiers;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import dev.peephole.pass.ToKernels;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the optimizer's step over all parameters. */
final class UpdateMethods {
  private final Program program;
  private final ToKernels toKernels;
  private final Precision precision;
  private final JavaPrinter printer;
  private final Identifiers identifiers;
  private final Storage storage;
  private final Constants constants;
  private final boolean shared;
  private final Map<String, Var> states = new LinkedHashMap<>();
  private final Map<Var, Double> initial = new LinkedHashMap<>();

  /**
   * @param shared whether several threads may update the parameters together
   */
  UpdateMethods(
      Program program,
      ToKernels toKernels,
      Precision precision,
      JavaPrinter printer,
      Identifiers identifiers,
      Storage storage,
      Constants constants,
      boolean shared) {
    this.program = program;
    this.toKernels = toKernels;
    this.precision = precision;
    this.printer = printer;
    this.identifiers = identifiers;
    this.storage = storage;
    this.constants = constants;
    this.shared = shared;
  }

  /**
   * What the optimizer remembers, by the names that checkpoints use; filled by {@link #methods}.
   */
  Map<String, Var> states() {
    return states;
  }

  /** What it remembers before the first step. */
  Map<Var, Double> initial() {
    return initial;
  }

  List<MethodSpec> methods() {
    if (program.optimizer().isEmpty()) {
      return List.of(update().addStatement(refusal(program)).build());
    }
    Program.Optimizer optimizer = program.optimizer().get();
    OptimizerMethod method =
        new OptimizerMethod(
            optimizer,
            toKernels.optimizer(optimizer.step()),
            precision,
            printer,
            constants,
            shared);
    String name = methodName(optimizer.name());
    MethodSpec step = method.method(name);
    MethodSpec.Builder update = update();
    if (shared) {
      update.addParameter(Share.class, OptimizerMethod.SHARE);
    }
    for (int i = 0; i < program.weights().size(); i++) {
      update.addStatement("$L($L)", name, String.join(", ", arguments(optimizer, i)));
    }
    if (!shared) {
      return List.of(update.build(), step);
    }
    MethodSpec whole = update().addStatement("update(step, $T.WHOLE)", Share.class).build();
    return List.of(whole, update.build(), step);
  }

  private static MethodSpec.Builder update() {
    return ModelClass.override("update", TypeName.VOID).addParameter(TypeName.LONG, "step");
  }

  /** What a network does that nothing says how to train. */
  static CodeBlock refusal(Program program) {
    String message = program.file().shortName() + " has no training plan for " + program.name();
    return CodeBlock.of("throw new $T($S)", UnsupportedOperationException.class, message);
  }

  /** The optimizer's name, unless a method or function of the class goes by it. */
  private static String methodName(String optimizer) {
    NameAllocator names = new NameAllocator();
    Set<String> taken = new HashSet<>(Set.of("forward"));
    for (Method method : Model.class.getMethods()) {
      taken.add(method.getName());
    }
    Elementwise.all().forEach(op -> taken.add(op.code().function()));
    taken.stream().filter(n -> !n.isEmpty()).forEach(names::newName);
    return names.newName(optimizer);
  }

  private List<String> arguments(Program.Optimizer optimizer, int parameter) {
    Var weight = program.weights().get(parameter);
    List<String> arguments = new ArrayList<>();
    arguments.add(identifiers.of(weight));
    arguments.add(identifiers.of(program.gradients().get(parameter)));
    for (Program.Optimizer.State state : optimizer.states()) {
      Var var = Var.real(state.name() + "_" + weight.name(), weight.shape());
      storage.fixed(var, "");
      states.put(program.parameters().get(parameter).path() + "." + state.name(), var);
      initial.put(var, state.initial());
      arguments.add(identifiers.of(var));
    }
    arguments.add("step");
    if (shared) {
      arguments.add(OptimizerMethod.SHARE);
    }
    return arguments;
  }
}
