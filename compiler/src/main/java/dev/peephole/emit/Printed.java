package dev.peephole.emit;

import dev.peephole.kernel.Kernel;
import java.util.List;

/**
 * A generated text, and which of its lines compute what.
 *
 * @param pieces the stretches of the text that came of kernels, in no particular order
 */
public record Printed(String text, List<Piece> pieces) {
  public Printed {
    pieces = List.copyOf(pieces);
  }

  /**
   * A stretch of lines that came of a kernel, with what stands above it.
   *
   * @param from the first line, counted from 1
   * @param to the last line
   */
  public record Piece(Kernel kernel, int from, int to) {}
}
