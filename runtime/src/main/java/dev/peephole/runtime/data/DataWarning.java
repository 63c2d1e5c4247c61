package dev.peephole.runtime.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something about data that may be right and is hardly meant.
 *
 * @param source the file as written, or the generator's name
 * @param message a clause without capital and full stop
 * @param hint what to do about it
 */
public record DataWarning(String source, String message, String hint) {

  /** The place, the message and the hint, on two lines. */
  public String report() {
    return source + ": " + message + "\n  hint: " + hint;
  }

  /** The event for {@code --json}. */
  public Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "warning");
    event.put("message", message);
    event.put("file", source);
    event.put("hint", hint);
    return event;
  }
}
