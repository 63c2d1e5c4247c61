package dev.peephole.loop;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A generated text, and which of its lines come from what.
 *
 * @param pieces stretches of the text, in no particular order; they lie in each other or apart
 */
public record Printed(String text, List<Piece> pieces) {
  public Printed {
    pieces = List.copyOf(pieces);
  }

  /** What stands in some lines. */
  public enum Kind {
    /** What came of a kernel, with its equations above it. */
    KERNEL,
    /** An equation above it, or what else is said there. */
    EQUATION,
    /** What computes one value, in a kernel that may compute more. */
    STATEMENT,
    /** What declares a value's buffer, or makes it. */
    DECLARATION,
    /** What makes all examples equally long. */
    PADDING,
    /** What keeps states for the examples that go on. */
    CARRY
  }

  /**
   * Where some lines come from.
   *
   * @param computes the values that are there after them, or that they are about
   */
  public record Mark(Kind kind, List<Var> computes, Origin origin) {
    public Mark {
      computes = List.copyOf(computes);
    }

    /** What came of a kernel. */
    public static Mark of(Kernel kernel) {
      return new Mark(Kind.KERNEL, kernel.results(), kernel.origin());
    }

    /** What has to do with a value as it is, whatever it is computed from. */
    public static Mark of(Kind kind, Var var) {
      return new Mark(kind, List.of(var), Origin.NOWHERE);
    }

    /** What came of a value's equation. */
    public static Mark of(Statement.From from) {
      return new Mark(Kind.STATEMENT, List.of(from.value()), from.origin());
    }
  }

  /**
   * A stretch of lines.
   *
   * @param from the first line, counted from 1
   * @param to the last line
   */
  public record Piece(Mark mark, int from, int to) {

    /** The piece in a text that has more lines before it. */
    public Piece below(int lines) {
      return new Piece(mark, from + lines, to + lines);
    }
  }

  /** How many lines there are. */
  public int lines() {
    return (int) text.lines().count();
  }

  /** One text after another, each ending with its last line. */
  public static Printed joined(List<Printed> texts) {
    StringBuilder text = new StringBuilder();
    List<Piece> pieces = new ArrayList<>();
    int lines = 0;
    for (Printed each : texts) {
      for (Piece piece : each.pieces) {
        pieces.add(piece.below(lines));
      }
      text.append(each.text);
      lines += each.lines();
    }
    return new Printed(text.toString(), pieces);
  }

  /** A text that comes from nothing in particular. */
  public static Printed of(String text) {
    return new Printed(text, List.of());
  }

  /** The same lines with something in front of each. */
  public Printed indented(String by) {
    String all = text.lines().map(line -> by + line + "\n").collect(Collectors.joining());
    return new Printed(all, pieces);
  }

  /** The same, all of which comes from somewhere, too. */
  public Printed marked(Mark mark) {
    List<Piece> more = new ArrayList<>(pieces);
    more.add(new Piece(mark, 1, lines()));
    return new Printed(text, more);
  }
}
