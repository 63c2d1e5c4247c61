package dev.peephole.diagnostic;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Turns a diagnostic into text for people:
 *
 * <pre>
 * error[shape]: these shapes cannot be multiplied
 *    ┌─ digits.nn:7:9
 *  3 │   param W: [64, 10]
 *    │         - declared here
 *  … │
 *  7 │   z = x @ W + b
 *    │       - ^ - W is [64, 10]
 *    │       x is [784]
 *    = the inner axes must agree, and 784 is not 64
 *    = hint: did you mean [784, 10]?
 * </pre>
 */
public final class Renderer {
  private final boolean colour;

  /**
   * @param colour whether to use the colours of an ANSI terminal
   */
  public Renderer(boolean colour) {
    this.colour = colour;
  }

  /** The whole message; each of its lines ends with a newline. */
  public String render(Diagnostic diagnostic) {
    Map<SourceFile, List<Mark>> files = marksByFile(diagnostic);
    int digits =
        files.values().stream()
            .flatMap(List::stream)
            .mapToInt(mark -> String.valueOf(mark.span().line()).length())
            .max()
            .orElse(1);
    Frame frame = new Frame(digits, colour);
    String kind = diagnostic.severity().slug() + "[" + diagnostic.code().slug() + "]";
    frame.title(kind, Ink.of(diagnostic.severity()), diagnostic.message());
    files.forEach((file, marks) -> source(frame, file, marks));
    diagnostic.notes().forEach(note -> frame.note("", note));
    diagnostic.hints().forEach(hint -> frame.note("hint: ", hint));
    return frame.toString();
  }

  /** What to point at, by file: that of the primary place first. */
  private static Map<SourceFile, List<Mark>> marksByFile(Diagnostic diagnostic) {
    Ink ink = Ink.of(diagnostic.severity());
    Mark primary = new Mark(diagnostic.span(), diagnostic.label(), true, ink);
    Stream<Mark> others =
        diagnostic.secondary().stream()
            .map(label -> new Mark(label.span(), label.text(), false, Ink.OTHER));
    Map<SourceFile, List<Mark>> files = new LinkedHashMap<>();
    Stream.concat(Stream.of(primary), others)
        .forEach(
            mark -> files.computeIfAbsent(mark.span().file(), f -> new ArrayList<>()).add(mark));
    return files;
  }

  private static void source(Frame frame, SourceFile file, List<Mark> marks) {
    frame.place(marks.get(0).span().toString());
    TreeMap<Integer, List<Mark>> lines = new TreeMap<>();
    for (Mark mark : marks) {
      lines.computeIfAbsent(mark.span().line(), line -> new ArrayList<>()).add(mark);
    }
    int shown = lines.firstKey() - 1;
    for (Map.Entry<Integer, List<Mark>> entry : lines.entrySet()) {
      int line = entry.getKey();
      if (line == shown + 2) {
        new MarkedLine(file, line - 1, List.of()).write(frame);
      } else if (line > shown + 2) {
        frame.gap();
      }
      new MarkedLine(file, line, entry.getValue()).write(frame);
      shown = line;
    }
  }

  /** A place to point at and what to say about it. */
  record Mark(Span span, String text, boolean primary, Ink ink) {}
}
