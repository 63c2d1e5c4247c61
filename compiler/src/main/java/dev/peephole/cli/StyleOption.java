package dev.peephole.cli;

import dev.peephole.kernel.Style;
import picocli.CommandLine.Option;

/** In which style code is generated. */
final class StyleOption {
  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "fast",
      converter = StyleNames.class,
      completionCandidates = StyleNames.class,
      description = "how the Java is written: textbook, for readers, or fast (default)")
  private Style style;

  Style style() {
    return style;
  }
}
