package dev.peephole.emit.java;

import dev.peephole.emit.Captions;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.KernelLoops;
import dev.peephole.emit.Layout;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.Scope;
import dev.peephole.emit.java.print.Commented;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.emit.java.routine.RoutineCode;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.loop.TextPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes for a kernel of a device the Java that computes the same, to stand above it. */
final class JavaLoops {
  /** What fits behind the mark of a comment. */
  private static final int WIDTH = 97;

  private final KernelLoops loops;

  /**
   * @param layout where the kernels find their values
   * @param constants gives the name of a constant that the model names
   */
  JavaLoops(Layout layout, Identifiers identifiers, BiFunction<String, Double, String> constants) {
    Lowering numbers = new Lowering(layout, identifiers, constants);
    RoutineCode routines = new RoutineCode(Set.of(), identifiers, numbers);
    this.loops = new KernelLoops(numbers, routines, RowStarts.ZERO, false);
  }

  /**
   * The equations of a kernel, and below them the statements, a line each.
   *
   * @param time the name of the time step, empty outside of recurrences
   */
  Printed of(Kernel kernel, String time) {
    List<Printed> all = new ArrayList<>();
    Captions.above(kernel).forEach(c -> all.add(new Printed(Commented.text(c.text()), c.pieces())));
    all.add(lines(List.of(loops.step(kernel, Scope.at(time)))));
    return Printed.joined(all);
  }

  /** The statements by which a recurrence hands on its states. */
  Printed carry(Kernel.Recurrence recurrence, String time) {
    return lines(loops.carry(recurrence, time));
  }

  private static Printed lines(List<Statement> statements) {
    return TextPrinter.print(statements, Precision.FLOAT, WIDTH, 1);
  }
}
