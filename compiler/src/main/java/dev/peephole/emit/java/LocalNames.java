package dev.peephole.emit.java;

import dev.peephole.emit.Identifiers;
import dev.peephole.kernel.Kernel;

/** Gives a name to every number that lives inside a loop only, before positions get theirs. */
final class LocalNames {
  private LocalNames() {}

  static void declare(Kernel kernel, Identifiers identifiers) {
    if (kernel instanceof Kernel.Loop loop) {
      loop.body().stream().filter(s -> !s.stored()).forEach(s -> identifiers.of(s.out()));
    } else if (kernel instanceof Kernel.Reduce reduce) {
      identifiers.local(reduce.op().hint(java.util.List.of()));
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      identifiers.local("t");
      recurrence.body().forEach(k -> declare(k, identifiers));
    }
  }
}
