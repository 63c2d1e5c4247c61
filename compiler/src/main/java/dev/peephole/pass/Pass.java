package dev.peephole.pass;

import dev.peephole.ir.Function;
import java.util.Locale;

/** Turns a function into an equal one. */
public interface Pass {

  Function run(Function function);

  /** How the command line calls the stage after it. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
