package dev.peephole.benchmarks;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.runtime.opencl.DeviceModel.Work;
import java.util.List;

/**
 * How much is put into a device's queue by a step.
 *
 * @param kernels the launches of kernels
 * @param transfers the copies, in either direction
 * @param equations the launches there would be if each equation had a kernel, and each parameter
 *     its own of the optimizer
 */
record Launches(double kernels, double transfers, long equations) {

  /** From what was done before and after so many steps. */
  static Launches of(Work before, Work after, int steps, Program program) {
    return new Launches(
        (after.launches() - before.launches()) / (double) steps,
        (after.transfers() - before.transfers()) / (double) steps,
        equations(program));
  }

  private static long equations(Program program) {
    long update =
        program.optimizer().map(o -> count(o.step().equations())).orElse(0L)
            * program.parameters().size();
    return count(program.step().equations()) + update;
  }

  private static long count(List<Equation> equations) {
    return equations.stream().mapToLong(Launches::count).sum();
  }

  /** Frameworks compute no broadcasts, constants and views either. */
  private static long count(Equation equation) {
    Op op = equation.op();
    if (op instanceof Scan scan) {
      Function step = scan.step();
      return scan.length() * count(step.equations());
    }
    return op instanceof Op.View || op instanceof Broadcast || op instanceof Constant ? 0 : 1;
  }
}
