package dev.peephole.emit.java;

import dev.peephole.emit.Identifiers;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Loads;

/** Gives a name to every number that lives inside a loop only, before positions get theirs. */
final class LocalNames {
  private LocalNames() {}

  static void declare(Kernel kernel, Identifiers identifiers) {
    if (kernel instanceof Kernel.Loop loop) {
      for (Statement s : loop.body()) {
        if (!s.stored()) {
          identifiers.of(s.out());
        } else if (s.isPart() && Loads.of(loop).contains(s.load())) {
          identifiers.local(s.name());
        }
      }
    } else if (kernel instanceof Kernel.Reduce reduce) {
      identifiers.local(reduce.op().joined());
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence.body().forEach(k -> declare(k, identifiers));
    }
  }
}
