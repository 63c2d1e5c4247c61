package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.peephole.emit.Captions;
import dev.peephole.emit.Constants;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.OptimizerBody;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program.Optimizer;
import dev.peephole.kernel.Schedule;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.runtime.Share;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the optimizer as a method that moves one parameter in place. */
public final class OptimizerMethod {
  /** What a method calls the share of a thread. */
  public static final String SHARE = "share";

  private static final String BEGIN = "begin";
  private static final String END = "end";

  private final Optimizer optimizer;
  private final Precision precision;
  private final JavaPrinter printer;
  private final boolean shared;
  private final OptimizerBody body;
  private final List<OptimizerBody.Part> parts;

  /**
   * @param shared whether it moves a share of the parameter, or all of it
   */
  OptimizerMethod(
      Optimizer optimizer,
      Schedule schedule,
      Precision precision,
      JavaPrinter printer,
      Constants constants,
      boolean shared) {
    this.optimizer = optimizer;
    this.precision = precision;
    this.printer = printer;
    this.shared = shared;
    Identifiers identifiers = new Identifiers();
    if (shared) {
      List.of(SHARE, BEGIN, END).forEach(identifiers::reserve);
    }
    this.body = new OptimizerBody(optimizer, schedule, identifiers, constants::name);
    this.parts = body.parts();
  }

  MethodSpec method(String name) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    if (!optimizer.doc().isEmpty()) {
      method.addJavadoc("$L", Commented.text(optimizer.doc()));
    }
    List<String> inputs = body.inputs();
    method.addParameter(precision.arrayType(), inputs.get(0));
    method.addParameter(precision.arrayType(), inputs.get(1));
    inputs.stream().skip(3).forEach(state -> method.addParameter(precision.arrayType(), state));
    if (counts()) {
      method.addParameter(precision.type(), inputs.get(2));
    }
    CodeBlock.Builder code = CodeBlock.builder();
    if (shared) {
      method.addParameter(Share.class, SHARE);
      code.addStatement("int $L = $L.begin($L.length)", BEGIN, SHARE, inputs.get(0));
      code.addStatement("int $L = $L.end($L.length)", END, SHARE, inputs.get(0));
      code.add("\n");
    }
    parts.forEach(part -> part(part, code));
    return method.addCode(code.build()).build();
  }

  /** Whether it asks which step it is. */
  boolean counts() {
    List<Statement> all = parts.stream().flatMap(part -> part.statements().stream()).toList();
    return Mentioned.variables(all, Kind.REAL).contains(body.inputs().get(2));
  }

  private void part(OptimizerBody.Part part, CodeBlock.Builder code) {
    CodeBlock.Builder inside = CodeBlock.builder();
    printer.comment(Captions.above(part.kernel()), inside);
    if (part.forEach()) {
      inside.beginControlFlow(
          "for (int $1L = $2L; $1L < $3L; $1L++)",
          body.position(),
          shared ? BEGIN : "0",
          shared ? END : body.inputs().get(0) + ".length");
    }
    inside.add(printer.code(part.statements()));
    if (part.forEach()) {
      inside.endControlFlow();
    }
    code.add(printer.anchored(Printed.Mark.of(part.kernel()), inside.build()));
  }
}
