package dev.peephole.emit.java.method;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Extents;
import dev.peephole.emit.java.buffer.HostArrays;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.loop.Printed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes what makes all examples of a batch equally long; nothing if no axis is open. */
public final class Padding {
  private final Program program;
  private final HostArrays arrays;
  private final JavaPrinter printer;

  /** For the inputs and targets of a program, wherever the class keeps them. */
  public Padding(Program program, HostArrays arrays, JavaPrinter printer) {
    this.program = program;
    this.arrays = arrays;
    this.printer = printer;
  }

  /** The functions of {@code Sequences} that the code calls. */
  public List<String> functions() {
    return program.lengths().isPresent() ? List.of("longest", "repeatLast") : List.of();
  }

  /** {@code T}. */
  public Optional<FieldSpec> field() {
    return program
        .lengths()
        .map(
            lengths ->
                FieldSpec.builder(TypeName.INT, Extents.STEPS, Modifier.PRIVATE)
                    .addJavadoc("The time steps of the longest example of the batch.")
                    .build());
  }

  /** The statement that a batch begins with. */
  String call() {
    return program.lengths().isPresent() ? "pad(" + Extents.EXAMPLES + ");\n" : "";
  }

  /** A method of the class, which the statement calls. */
  Optional<MethodSpec> method() {
    return program
        .lengths()
        .map(lengths -> head().addModifiers(Modifier.PRIVATE).addCode(body(lengths)).build());
  }

  /** A method that the superclass has and calls; it returns how long the examples are then. */
  public Optional<MethodSpec> override() {
    return program
        .lengths()
        .map(
            lengths ->
                head()
                    .addAnnotation(Override.class)
                    .addModifiers(Modifier.PROTECTED)
                    .returns(TypeName.INT)
                    .addCode(body(lengths))
                    .addStatement("return $L", Extents.STEPS)
                    .build());
  }

  private static MethodSpec.Builder head() {
    return MethodSpec.methodBuilder("pad")
        .addParameter(TypeName.INT, Extents.EXAMPLES)
        .addJavadoc(
            "Makes all examples as long as the longest: a shorter one repeats its last step, which\n"
                + "nothing below takes for a part of it.");
  }

  private CodeBlock body(Var longs) {
    CodeBlock lengths = arrays.of(longs);
    CodeBlock.Builder code = CodeBlock.builder();
    List<Var> open =
        Stream.concat(program.inputs().stream(), program.targets().stream())
            .filter(var -> var.shape().open())
            .toList();
    Printed.Mark all = new Printed.Mark(Printed.Kind.PADDING, open, Origin.NOWHERE);
    CodeBlock.Builder longest = CodeBlock.builder();
    longest.addStatement("$L = longest($L, $L)", Extents.STEPS, lengths, Extents.EXAMPLES);
    code.add(printer.anchored(all, longest.build()));
    for (Var var : open) {
      CodeBlock.Builder repeated = CodeBlock.builder();
      repeat(var, lengths, repeated);
      Printed.Mark one = Printed.Mark.of(Printed.Kind.PADDING, var);
      code.add(printer.anchored(one, repeated.build()));
    }
    return code.build();
  }

  /** Fills a value along its open axes, the innermost first. */
  private void repeat(Var var, CodeBlock lengths, CodeBlock.Builder code) {
    Shape example = var.shape().example();
    for (int axis = example.rank() - 1; axis >= 0; axis--) {
      if (example.axis(axis) == Shape.OPEN) {
        code.addStatement(
            "repeatLast($L, $L, $L, $L, $L, $L)",
            arrays.of(var),
            lengths,
            Extents.EXAMPLES,
            Extents.numbers(example.first(axis)),
            Extents.STEPS,
            Extents.numbers(example.last(example.rank() - axis - 1)));
      }
    }
  }
}
