package dev.peephole.pass.buffer;

import dev.peephole.ir.Op;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets values on the way to a parameter's first value be in its own array, where nothing but the
 * next kernel reads them, in places that it may write to.
 *
 * <pre>
 * before   drawn = draw()      W = orthonormal(drawn)      two buffers
 * after    drawn is in the buffer of W
 * </pre>
 */
public final class WorkInPlace {
  private WorkInPlace() {}

  /** The same kernels with what shares the parameter's buffer. */
  public static Schedule run(Schedule schedule) {
    Map<Var, Var> shared = new LinkedHashMap<>();
    List<Kernel> kernels = schedule.kernels();
    for (int i = 0; i < kernels.size(); i++) {
      Var out = kernels.get(i).results().get(0);
      if (!schedule.outputs().contains(out) && isOnlyReadInPlace(out, kernels, i + 1)) {
        shared.put(out, schedule.outputs().get(0));
      }
    }
    return schedule.withShared(shared);
  }

  private static boolean isOnlyReadInPlace(Var var, List<Kernel> kernels, int next) {
    return kernels.stream()
        .filter(kernel -> Loads.of(kernel).stream().anyMatch(load -> load.var() == var))
        .allMatch(kernel -> kernel == kernels.get(next) && writesInPlace(kernel, var));
  }

  private static boolean writesInPlace(Kernel kernel, Var var) {
    return kernel instanceof Kernel.Call call
            && call.equation().op() instanceof Op.Routine routine
            && routine.worksInPlace()
        || kernel instanceof Kernel.Loop loop
            && Loads.of(loop).stream()
                .filter(load -> load.var() == var)
                .allMatch(load -> load.at().equals(Kernel.positions(loop.domain())));
  }
}
