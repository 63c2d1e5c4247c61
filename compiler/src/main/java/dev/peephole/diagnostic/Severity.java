package dev.peephole.diagnostic;

/** Whether a program with such a diagnostic is refused. */
public enum Severity {
  /** There is no right program here. */
  ERROR,
  /** There is one, which hardly anyone means. */
  WARNING;

  /** How messages and events call it: {@code warning}. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The folder of its pages: {@code docs/warnings}. */
  public String pages() {
    return "docs/" + slug() + "s";
  }
}
