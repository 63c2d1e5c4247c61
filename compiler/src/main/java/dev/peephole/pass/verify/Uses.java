package dev.peephole.pass.verify;

import dev.peephole.ir.Op;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Buffers;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.verify.Accesses.Access;
import dev.peephole.pass.verify.Accesses.Refused;
import dev.peephole.pass.verify.Memory.Place;
import java.util.List;
import java.util.Map;

/** What a kernel reads and writes, with the values whose buffers that is in. */
record Uses(List<Use> reads, List<Use> writes) {
  static final Uses NONE = new Uses(List.of(), List.of());

  /**
   * A number that a kernel reads or writes.
   *
   * @param value the one whose buffer it is in
   * @param timed whether that holds all time steps, of which this is one
   */
  record Use(Access access, Var value, boolean timed) {
    Place at(int step) {
      return new Place(value, timed ? step : Place.ALL);
    }
  }

  /**
   * @param shared the values that are in the buffers of others, with those others
   * @throws Refused if the kernel writes over what it reads elsewhere
   */
  static Uses of(Kernel kernel, Accesses accesses, Buffers buffers, Map<Var, Var> shared) {
    List<Use> reads = accesses.reads().stream().map(access -> use(access, buffers)).toList();
    List<Use> writes = accesses.writes().stream().map(access -> use(access, buffers)).toList();
    for (Use write : writes) {
      for (Use read : reads) {
        Var buffer = shared.getOrDefault(read.value, read.value);
        boolean over = buffer == shared.getOrDefault(write.value, write.value);
        if (over && !mayWriteOver(kernel, read, write)) {
          throw new Refused(
              "writes %s over %s in the buffer of %s while it reads that elsewhere"
                  .formatted(write.access.var().name(), read.access.var().name(), buffer.name()));
        }
      }
    }
    return new Uses(reads, writes);
  }

  private static Use use(Access access, Buffers buffers) {
    return new Use(access, buffers.of(access.var()), buffers.isTimed(access.var()));
  }

  private static boolean mayWriteOver(Kernel kernel, Use read, Use write) {
    return kernel instanceof Kernel.Loop && isOwnPlace(read, write)
        || kernel instanceof Kernel.Call call
            && call.equation().op() instanceof Op.Routine routine
            && routine.worksInPlace();
  }

  /** Whether a loop reads where it writes, and not later. */
  private static boolean isOwnPlace(Use read, Use write) {
    Access from = read.access;
    Access to = write.access;
    return read.value == write.value
        || from.statement() <= to.statement()
            && from.at().equals(to.at())
            && from.var().shape().equals(to.var().shape())
            && read.timed == write.timed;
  }
}
