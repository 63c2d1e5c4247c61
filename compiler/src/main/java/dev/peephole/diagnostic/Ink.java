package dev.peephole.diagnostic;

/** How a part of a message is set on a terminal that knows colours. */
enum Ink {
  PLAIN(""),
  MESSAGE("\u001b[1m"),
  ERROR("\u001b[1;31m"),
  WARNING("\u001b[1;33m"),
  OTHER("\u001b[1;34m"),
  FRAME("\u001b[34m"),
  HINT("\u001b[36m");

  private static final String OFF = "\u001b[0m";

  private final String on;

  Ink(String on) {
    this.on = on;
  }

  /** The ink of what a diagnostic is about. */
  static Ink of(Severity severity) {
    return severity == Severity.ERROR ? ERROR : WARNING;
  }

  String set(String text) {
    return this == PLAIN || text.isEmpty() ? text : on + text + OFF;
  }
}
