package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.op.AddRows;
import dev.peephole.op.Draw;
import dev.peephole.op.Matmul;
import dev.peephole.op.Orthonormal;
import dev.peephole.runtime.kernel.Philox;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Writes calls of the runtime's routines. */
final class RoutineCode {
  private final Style style;
  private final Identifiers identifiers;
  private final ScalarCode scalars;
  private final Set<String> matrixFunctions = new HashSet<>();

  RoutineCode(Style style, Identifiers identifiers, ScalarCode scalars) {
    this.style = style;
    this.identifiers = identifiers;
    this.scalars = scalars;
  }

  /** The functions of {@code Matrix} that the code calls. */
  Set<String> matrixFunctions() {
    return matrixFunctions;
  }

  CodeBlock code(Equation equation) {
    if (equation.op() instanceof Matmul matmul) {
      return product(equation, matmul);
    }
    String out = identifiers.of(equation.out());
    if (equation.op() instanceof Draw draw && draw.moment() == Draw.Moment.EACH_STEP) {
      return CodeBlock.builder()
          .addStatement(
              "mode.$L($L, $L, $L)",
              draw.distribution(),
              draw.stream(),
              out,
              Extents.numbers(equation.out().shape()))
          .build();
    }
    if (equation.op() instanceof Draw draw) {
      return CodeBlock.builder()
          .addStatement(
              "new $T(seed, $L).$L($L)", Philox.class, draw.stream(), draw.distribution(), out)
          .build();
    }
    if (equation.op() instanceof AddRows rows) {
      matrixFunctions.add("addRows");
      Shape labels = equation.input(1).shape();
      return CodeBlock.builder()
          .addStatement(
              "addRows($L, $L, $L, $L, $L, $L)",
              identifiers.of(equation.input(0)),
              identifiers.of(equation.input(1)),
              out,
              Extents.numbers(labels),
              rows.classes(),
              AddRows.row(equation.input(0).shape(), labels).size())
          .build();
    }
    if (equation.op() instanceof Orthonormal) {
      Shape shape = equation.out().shape();
      matrixFunctions.add("orthonormal");
      return CodeBlock.builder()
          .addStatement(
              "orthonormal($L, $L, $L, $L)",
              identifiers.of(equation.input(0)),
              out,
              shape.axis(0),
              shape.axis(1))
          .build();
    }
    throw new IllegalStateException("no Java for " + equation.op().name());
  }

  private CodeBlock product(Equation equation, Matmul op) {
    Var a = equation.input(0);
    Var b = equation.input(1);
    Matmul.Extent sizes = op.extent(a.shape(), b.shape());
    String count = Extents.numbers(sizes.count());
    String extent =
        Extents.numbers(sizes.rows())
            + ", "
            + Extents.numbers(sizes.inner())
            + ", "
            + Extents.numbers(sizes.columns());
    CodeBlock.Builder code = CodeBlock.builder();
    String operands =
        identifiers.of(a) + ", " + identifiers.of(b) + ", " + identifiers.of(equation.out());
    boolean timed = Stream.of(a, b, equation.out()).anyMatch(v -> !scalars.start(v).equals("0"));
    if (count.equals("1") && timed) {
      code.addStatement(
          "$L($L, $L, $L, $L, $L, $L, $L)",
          function(op.form()),
          identifiers.of(a),
          scalars.start(a),
          identifiers.of(b),
          scalars.start(b),
          identifiers.of(equation.out()),
          scalars.start(equation.out()),
          extent);
    } else if (count.equals("1")) {
      code.addStatement("$L($L, $L)", function(op.form()), operands, extent);
    } else {
      String p = identifiers.position(0);
      code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", p, count);
      code.addStatement(
          "$L($L, $L, $L, $L, $L, $L, $L)",
          function(op.form()),
          identifiers.of(a),
          place(a, p, sizes.rows().append(sizes.inner())),
          identifiers.of(b),
          place(b, p, sizes.inner().append(sizes.columns())),
          identifiers.of(equation.out()),
          place(equation.out(), p, sizes.rows().append(sizes.columns())),
          extent);
      code.endControlFlow();
    }
    return code.build();
  }

  /** Where the p-th matrix of a value begins. */
  private String place(Var var, String p, Shape matrix) {
    String start = scalars.start(var);
    String offset = p + " * " + Extents.numbers(matrix);
    return start.equals("0") ? offset : start + " + " + offset;
  }

  private String function(Matmul.Form form) {
    String name =
        switch (form) {
          case PLAIN -> "multiply";
          case LEFT_TRANSPOSED -> "multiplyLeftTransposed";
          case RIGHT_TRANSPOSED -> "multiplyRightTransposed";
        };
    if (style == Style.FAST) {
      return "products." + name;
    }
    matrixFunctions.add(name);
    return name;
  }
}
