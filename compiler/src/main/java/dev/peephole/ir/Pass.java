package dev.peephole.ir;

import java.util.Locale;

/** Turns a function into an equal one. */
public interface Pass {

  Function run(Function function);

  /** What it is called in the origins of what it makes, and in lists of passes. */
  default String name() {
    return nameOf(getClass());
  }

  /** The name of a pass: that of its class, as {@code eliminate-dead-code}. */
  static String nameOf(Class<? extends Pass> pass) {
    return pass.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
