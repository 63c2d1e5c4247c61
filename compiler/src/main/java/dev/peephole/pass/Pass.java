package dev.peephole.pass;

import dev.peephole.ir.Function;
import java.util.Locale;

/** Turns a function into an equal one. */
public interface Pass {

  Function run(Function function);

  /** What it is called in the origins of what it makes, and in the {@link Pipeline}. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
