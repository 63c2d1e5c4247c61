package dev.peephole.emit.java.method;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Constants;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.op.Elementwise;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.ArrayModel;
import dev.peephole.runtime.BufferedModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Parameter;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.kernel.Matrix;
import dev.peephole.runtime.kernel.MatrixNotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the optimizer's step over all parameters. */
public final class UpdateMethods {
  private final Program program;
  private final Set<Optimization> optimizations;
  private final Precision precision;
  private final JavaPrinter printer;
  private final Constants constants;
  private final boolean shared;

  /**
   * @param shared whether several threads may update the parameters together
   */
  public UpdateMethods(
      Program program,
      Set<Optimization> optimizations,
      Precision precision,
      JavaPrinter printer,
      Constants constants,
      boolean shared) {
    this.program = program;
    this.optimizations = optimizations;
    this.precision = precision;
    this.printer = printer;
    this.constants = constants;
    this.shared = shared;
  }

  /** {@code update}, and the optimizer that it calls for each parameter. */
  public List<MethodSpec> methods() {
    if (program.optimizer().isEmpty()) {
      return List.of(update().addStatement(refusal(program)).build());
    }
    Program.Optimizer optimizer = program.optimizer().get();
    OptimizerMethod method =
        new OptimizerMethod(
            optimizer,
            Pipeline.optimizer(optimizer.step(), optimizations),
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
    update.beginControlFlow("for ($T each : trained())", parameter());
    update.addStatement("$L($L)", name, arguments(optimizer, method.counts()));
    update.endControlFlow();
    if (!shared) {
      return List.of(update.build(), step);
    }
    MethodSpec whole = update().addStatement("update(step, $T.WHOLE)", Share.class).build();
    return List.of(whole, update.build(), step);
  }

  /** {@code Parameter<float[]>}. */
  private TypeName parameter() {
    return ParameterizedTypeName.get(ClassName.get(Parameter.class), precision.arrayType());
  }

  /** {@code each.value(), each.gradient(), each.state("v"), step}. */
  private String arguments(Program.Optimizer optimizer, boolean counts) {
    List<String> arguments = new ArrayList<>(List.of("each.value()", "each.gradient()"));
    optimizer.states().forEach(s -> arguments.add("each.state(\"" + s.name() + "\")"));
    if (counts) {
      arguments.add("step");
    }
    if (shared) {
      arguments.add(OptimizerMethod.SHARE);
    }
    return String.join(", ", arguments);
  }

  private static MethodSpec.Builder update() {
    return Members.override("update", TypeName.VOID).addParameter(TypeName.LONG, "step");
  }

  /** What a network does that nothing says how to train. */
  public static CodeBlock refusal(Program program) {
    String message = program.file().shortName() + " has no training plan for " + program.name();
    return CodeBlock.of("throw new $T($S)", UnsupportedOperationException.class, message);
  }

  /** The optimizer's name, unless a method or function of the class goes by it. */
  private static String methodName(String optimizer) {
    NameAllocator names = new NameAllocator();
    Set<String> taken = new HashSet<>(Set.of("forward"));
    Stream.of(
            Model.class.getMethods(),
            ArrayModel.class.getDeclaredMethods(),
            BufferedModel.class.getDeclaredMethods(),
            MatrixNotation.class.getDeclaredMethods(),
            Matrix.class.getDeclaredMethods())
        .flatMap(Stream::of)
        .forEach(method -> taken.add(method.getName()));
    Elementwise.all().forEach(op -> taken.add(op.code().function()));
    taken.stream().filter(n -> !n.isEmpty()).forEach(names::newName);
    return names.newName(optimizer);
  }
}
