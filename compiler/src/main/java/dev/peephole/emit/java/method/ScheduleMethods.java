package dev.peephole.emit.java.method;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Members;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Reading;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import javax.lang.model.element.Modifier;

/**
 * Writes the options of optimizers that change while training goes on: for each a method that
 * computes it once a step.
 */
public final class ScheduleMethods {
  /** What methods call the moment that they are asked for. */
  public static final String NOW = "now";

  private final Set<Optimization> optimizations;
  private final Precision precision;
  private final JavaPrinter printer;
  private final BiFunction<String, Double, String> constants;
  private final Map<Optimizer.Option, String> names = new LinkedHashMap<>();

  /**
   * @param names gives each method a name of its own
   * @param constants gives the name of a constant that the model names
   */
  public ScheduleMethods(
      Program program,
      Set<Optimization> optimizations,
      Precision precision,
      JavaPrinter printer,
      MethodNames names,
      BiFunction<String, Double, String> constants) {
    this.optimizations = optimizations;
    this.precision = precision;
    this.printer = printer;
    this.constants = constants;
    program.groups().stream()
        .flatMap(group -> group.optimizer().options().stream())
        .forEach(option -> this.names.put(option, names.of(option.name())));
  }

  /** {@code float rate = rate(now);} for each such option of an optimizer. */
  public CodeBlock locals(Optimizer optimizer) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (Optimizer.Option option : optimizer.options()) {
      code.addStatement("$T $L = $L($L)", precision.type(), name(option), name(option), NOW);
    }
    return code.build();
  }

  /** The method of an option, which is also what a local variable with it may be called. */
  public String name(Optimizer.Option option) {
    return names.get(option);
  }

  /** A method for each option, and the one that tells of all. */
  public List<MethodSpec> methods() {
    List<MethodSpec> methods = new ArrayList<>();
    names.forEach((option, name) -> methods.add(method(option, name)));
    if (!names.isEmpty()) {
      methods.add(scheduled());
    }
    return methods;
  }

  private MethodSpec method(Optimizer.Option option, String name) {
    Identifiers identifiers = new Identifiers();
    identifiers.reserve(NOW);
    Schedule schedule = Pipeline.schedule(option, optimizations);
    OptimizerBody body = new OptimizerBody(schedule, identifiers, constants);
    CodeBlock.Builder code = CodeBlock.builder();
    for (Reading reading : option.readings()) {
      boolean rounds = precision == Precision.FLOAT && reading.quantity() == Reading.Word.PROGRESS;
      code.addStatement(
          "$T $L = $L$L",
          precision.type(),
          body.name(reading.value()),
          rounds ? "(float) " : "",
          reading.quantity().call(NOW));
    }
    for (OptimizerBody.Part part : body.parts()) {
      CodeBlock.Builder inside = CodeBlock.builder();
      printer.comment(part.above(), inside);
      inside.add(printer.code(part.statements()));
      code.add(printer.anchored(part.mark(), inside.build()));
    }
    code.addStatement("return $L", body.name(schedule.outputs().get(0)));
    return MethodSpec.methodBuilder(name)
        .addJavadoc("What the optimizer's $L is in a step.", option.name())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(precision.type())
        .addParameter(Moment.class, NOW)
        .addCode(code.build())
        .build();
  }

  private MethodSpec scheduled() {
    List<CodeBlock> entries = new ArrayList<>();
    names
        .values()
        .forEach(name -> entries.add(CodeBlock.of("$S, (double) $L($L)", name, name, NOW)));
    TypeName map =
        ParameterizedTypeName.get(
            ClassName.get(Map.class), ClassName.get(String.class), TypeName.DOUBLE.box());
    return Members.override("scheduled", map)
        .addParameter(Moment.class, NOW)
        .addStatement(
            "return new $T<>($T.of($L))", TreeMap.class, Map.class, CodeBlock.join(entries, ", "))
        .build();
  }
}
