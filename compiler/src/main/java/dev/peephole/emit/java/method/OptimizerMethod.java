package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.peephole.emit.Constants;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Reading;
import dev.peephole.kernel.Update;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Statement;
import dev.peephole.runtime.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Writes the optimizer as a method that moves one parameter in place. */
public final class OptimizerMethod {
  /** What a method calls the share of a thread. */
  public static final String SHARE = "share";

  private static final String BEGIN = "begin";
  private static final String END = "end";

  private final Update update;
  private final Precision precision;
  private final JavaPrinter printer;
  private final boolean shared;
  private final OptimizerBody body;
  private final List<OptimizerBody.Part> parts;

  /**
   * @param shared whether it moves a share of the parameter, or all of it
   */
  OptimizerMethod(
      Update update,
      Precision precision,
      JavaPrinter printer,
      Constants constants,
      boolean shared) {
    this.update = update;
    this.precision = precision;
    this.printer = printer;
    this.shared = shared;
    Identifiers identifiers = new Identifiers();
    identifiers.reserve(Extents.EXAMPLES);
    if (shared) {
      List.of(SHARE, BEGIN, END).forEach(identifiers::reserve);
    }
    this.body = new OptimizerBody(update, identifiers, constants::name);
    this.parts = body.parts();
  }

  MethodSpec method(String name) {
    Optimizer rule = update.rule();
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    if (!rule.doc().isEmpty()) {
      method.addJavadoc("$L", Commented.text(rule.doc()));
    }
    method.addParameter(precision.arrayType(), parameter());
    method.addParameter(precision.arrayType(), body.name(rule.gradient()));
    rule.states()
        .forEach(state -> method.addParameter(precision.arrayType(), body.name(state.before())));
    if (counts()) {
      method.addParameter(precision.type(), body.name(rule.count()));
    }
    rule.options()
        .forEach(option -> method.addParameter(precision.type(), body.name(option.value())));
    CodeBlock.Builder code = CodeBlock.builder();
    if (shared) {
      method.addParameter(Share.class, SHARE);
      code.addStatement("int $L = $L.begin($L.length)", BEGIN, SHARE, parameter());
      code.addStatement("int $L = $L.end($L.length)", END, SHARE, parameter());
      code.add("\n");
    }
    if (asksHowMany()) {
      code.addStatement("int $L = $L.length", Extents.EXAMPLES, parameter());
    }
    parts.forEach(part -> part(part, code));
    return method.addCode(code.build()).build();
  }

  /** Whether it asks how many numbers the parameter has. */
  private boolean asksHowMany() {
    List<Statement> all = parts.stream().flatMap(part -> part.statements().stream()).toList();
    return Mentioned.variables(all, Kind.INT).contains(Extents.EXAMPLES);
  }

  private String parameter() {
    return body.name(update.rule().parameter());
  }

  /** Whether it asks which step it is. */
  private boolean counts() {
    List<Statement> all = parts.stream().flatMap(part -> part.statements().stream()).toList();
    return Mentioned.variables(all, Kind.REAL).contains(body.name(update.rule().count()));
  }

  /**
   * What it is called with: {@code each.value(), each.gradient(), each.state("v"), now.step()}.
   *
   * @param options what its options are called that change
   */
  String arguments(Function<Optimizer.Option, String> options) {
    List<String> arguments = new ArrayList<>(List.of("each.value()", "each.gradient()"));
    update.rule().states().forEach(s -> arguments.add("each.state(\"" + s.name() + "\")"));
    if (counts()) {
      arguments.add(Reading.Word.STEP.call(ScheduleMethods.NOW));
    }
    update.rule().options().forEach(option -> arguments.add(options.apply(option)));
    if (shared) {
      arguments.add(SHARE);
    }
    return String.join(", ", arguments);
  }

  private void part(OptimizerBody.Part part, CodeBlock.Builder code) {
    CodeBlock.Builder inside = CodeBlock.builder();
    printer.comment(part.above(), inside);
    inside.add(printer.code(part.begins()));
    if (part.forEach()) {
      inside.beginControlFlow(
          "for (int $1L = $2L; $1L < $3L; $1L++)",
          body.position(),
          shared ? BEGIN : "0",
          shared ? END : parameter() + ".length");
    }
    inside.add(printer.code(part.statements()));
    if (part.forEach()) {
      inside.endControlFlow();
    }
    code.add(printer.anchored(part.mark(), inside.build()));
  }
}
