package dev.peephole.runtime.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something is wrong with a file that the user gave or with what it holds.
 *
 * <p>The message is a clause without capital and full stop; {@link #report} adds the place and what
 * to do.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long line;
  private final String hint;

  private DataException(String file, long line, String message, String hint) {
    super(message);
    this.file = file;
    this.line = line;
    this.hint = hint;
  }

  /** What is wrong with the data as a whole. An empty hint says nothing. */
  public static DataException of(String message, String hint) {
    return new DataException("", 0, message, hint);
  }

  /** What is wrong with a file. */
  public static DataException in(String file, String message, String hint) {
    return new DataException(file, 0, message, hint);
  }

  /** The same with a further hint. */
  public DataException with(String further) {
    String before = hint.isEmpty() ? "" : hint + (hint.endsWith("?") ? " " : "; ");
    DataException more = new DataException(file, line, getMessage(), before + further);
    more.setStackTrace(getStackTrace());
    return more;
  }

  /** What is wrong on a line of a file, counted from 1. */
  public static DataException at(String file, long line, String message, String hint) {
    return new DataException(file, line, message, hint);
  }

  /** The file, as found; absent if no single file is to blame. */
  public Optional<String> file() {
    return file.isEmpty() ? Optional.empty() : Optional.of(file);
  }

  /** The line, counted from 1; absent if the file has none or no single one is to blame. */
  public Optional<Long> line() {
    return line == 0 ? Optional.empty() : Optional.of(line);
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
  }

  /** What a JSON event says of it. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "error");
    event.put("message", getMessage());
    file().ifPresent(f -> event.put("file", f));
    line().ifPresent(l -> event.put("line", l));
    hint().ifPresent(h -> event.put("hint", h));
    return event;
  }

  /** The place, the message and the hint, on one or two lines, such as {@code a.csv:7: …}. */
  public String report() {
    String place = file().map(f -> f + line().map(l -> ":" + l).orElse("") + ": ").orElse("");
    return place + getMessage() + hint().map(h -> "\n  hint: " + h).orElse("");
  }
}
