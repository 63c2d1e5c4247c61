package dev.peephole.playground;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a page asks its server: an object. */
record Asked(Map<String, Object> fields) {

  /**
   * Reads an object.
   *
   * @throws DataException if it is none
   */
  static Asked of(String json) {
    try {
      return new Asked(JSON.std.mapFrom(json));
    } catch (IOException e) {
      throw DataException.of("this is no request: " + e.getMessage(), "");
    }
  }

  String text(String field) {
    if (fields.get(field) instanceof String text) {
      return text;
    }
    throw DataException.of("a request needs the text " + field, "");
  }

  OptionalLong number(String field) {
    return fields.get(field) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** The model, and the page's files. */
  Draft draft() {
    Map<?, ?> files = fields.get("files") instanceof Map<?, ?> given ? given : Map.of();
    return new Draft(
        text("text"),
        files.entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> String.valueOf(e.getKey()), e -> String.valueOf(e.getValue()))));
  }
}
