package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.op.AddRows;
import dev.peephole.op.Draw;
import dev.peephole.op.Matmul;
import dev.peephole.op.Orthonormal;
import dev.peephole.runtime.kernel.PackedMatrix;
import dev.peephole.runtime.kernel.Philox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes calls of the runtime's routines. */
final class RoutineCode {
  private final Set<Optimization> optimizations;
  private final Identifiers identifiers;
  private final ScalarCode scalars;
  private final Set<String> matrixFunctions = new HashSet<>();
  private final Map<Equation, String> packed = new HashMap<>();
  private final Map<String, FieldSpec> packedFields = new LinkedHashMap<>();

  RoutineCode(Set<Optimization> optimizations, Identifiers identifiers, ScalarCode scalars) {
    this.optimizations = optimizations;
    this.identifiers = identifiers;
    this.scalars = scalars;
  }

  /** The functions of {@code Matrix} that the code calls. */
  Set<String> matrixFunctions() {
    return matrixFunctions;
  }

  /** Matrices rearranged once for the products of all time steps. */
  List<FieldSpec> packedFields() {
    return List.copyOf(packedFields.values());
  }

  private boolean does(Optimization optimization) {
    return optimizations.contains(optimization);
  }

  /** Rearranges what a recurrence multiplies by at all time steps, before it. */
  CodeBlock pack(Kernel.Recurrence recurrence) {
    CodeBlock.Builder code = CodeBlock.builder();
    Set<String> done = new HashSet<>();
    for (Kernel kernel : recurrence.body()) {
      if (does(Optimization.TILED_PRODUCTS)
          && does(Optimization.REARRANGED_ONCE)
          && kernel instanceof Kernel.Call call
          && isByConstant(call.equation(), recurrence.scan())) {
        Equation e = call.equation();
        boolean plain = ((Matmul) e.op()).form() == Matmul.Form.PLAIN;
        String name = identifiers.local("packed" + identifiers.of(e.input(1)) + (plain ? "" : "T"));
        packed.put(e, name);
        if (done.add(name)) {
          pack(e.input(1), plain, name, code);
        }
      }
    }
    return code.build();
  }

  /** Whether it is a product whose right side is one matrix, the same at all time steps. */
  private static boolean isByConstant(Equation e, Scan scan) {
    return e.op() instanceof Matmul matmul
        && matmul.form() != Matmul.Form.LEFT_TRANSPOSED
        && matmul.shared() == 0
        && scan.length() != 1
        && scan.constants().contains(e.input(1))
        && !e.input(1).shape().batched();
  }

  private void pack(Var matrix, boolean plain, String name, CodeBlock.Builder code) {
    String source = identifiers.of(matrix);
    packedFields.put(
        name,
        FieldSpec.builder(PackedMatrix.class, name, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new $T()", PackedMatrix.class)
            .addJavadoc(
                "$L, rearranged for the products of all time steps", source + (plain ? "" : "ᵀ"))
            .build());
    int rows = matrix.shape().axis(0);
    int columns = matrix.shape().axis(1);
    code.addStatement(
        "$L.$L($L, $L, $L)",
        name,
        plain ? "set" : "setTransposed",
        source,
        plain ? rows : columns,
        plain ? columns : rows);
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
    if (packed.containsKey(equation)) {
      return code.addStatement(
              "products.multiply($L, $L, $L, $L, $L, $L)",
              identifiers.of(a),
              scalars.start(a),
              packed.get(equation),
              identifiers.of(equation.out()),
              scalars.start(equation.out()),
              Extents.numbers(sizes.rows()))
          .build();
    }
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
    if (does(Optimization.TILED_PRODUCTS)) {
      return "products." + name;
    }
    matrixFunctions.add(name);
    return name;
  }
}
