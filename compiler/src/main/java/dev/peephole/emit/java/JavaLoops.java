package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Layout;
import dev.peephole.emit.ScalarCode;
import dev.peephole.kernel.Kernel;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes for a kernel of a device the Java that computes the same, to stand above it. */
final class JavaLoops {
  private static final String PACKAGES = "java\\.(?:lang|util)\\.";

  private final ScalarCode scalars;
  private final KernelCode kernels;

  /**
   * @param layout where the kernels find their values
   * @param constants gives the name of a constant that the model names
   */
  JavaLoops(Layout layout, Identifiers identifiers, BiFunction<String, Double, String> constants) {
    scalars = new ScalarCode(layout, Precision.FLOAT, identifiers, constants);
    RoutineCode routines = new RoutineCode(Set.of(), identifiers, scalars);
    kernels = new KernelCode(scalars, routines, Precision.FLOAT, identifiers);
  }

  /**
   * The equations of a kernel, and below them the statements, a line each.
   *
   * @param time the name of the time step, empty outside of recurrences
   */
  List<String> of(Kernel kernel, String time) {
    scalars.time(time);
    CodeBlock code = kernels.code(kernel);
    scalars.time("");
    return lines(code);
  }

  /** The statements by which a recurrence hands on its states. */
  List<String> carry(Kernel.Recurrence recurrence, String time) {
    scalars.time(time);
    CodeBlock code = kernels.carry(recurrence, time);
    scalars.time("");
    return lines(code);
  }

  /** Comments lose their marks, and statements are indented below them. */
  private static List<String> lines(CodeBlock code) {
    return code.toString()
        .replaceAll(PACKAGES, "")
        .lines()
        .map(line -> line.startsWith("// ") ? line.substring(3) : "  " + line)
        .toList();
  }
}
