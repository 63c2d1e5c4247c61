package dev.peephole.source;

/**
 * A stretch of a model file, from {@code start} up to but not including {@code end}.
 *
 * @param file the file
 * @param start the offset of the first character
 * @param end the offset after the last character
 */
public record Span(SourceFile file, int start, int end) {

  public int line() {
    return file.line(start);
  }

  public int column() {
    return file.column(start);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  /** The smallest span that holds both; they must be in one file. */
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** The place as messages and generated code name it: {@code fever.nn:7}. */
  public String place() {
    return file.shortName() + ":" + line();
  }

  @Override
  public String toString() {
    return file.name() + ":" + line() + ":" + column();
  }
}
