package dev.peephole.playground;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What the page and its server tell each other, as JSON. */
final class Answers {
  private static final JSON FORMAT =
      JSON.builder().enable(JSON.Feature.FAIL_ON_UNKNOWN_TYPE_WRITE).build();

  private Answers() {}

  /** Data of the page: records, lists and numbers. */
  static String json(Object data) {
    try {
      return FORMAT.asString(data);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
  }

  /** What a page sends: an object. */
  record Asked(Map<String, Object> fields) {

    /**
     * Reads an object.
     *
     * @throws DataException if it is none
     */
    static Asked of(String json) {
      try {
        return new Asked(FORMAT.mapFrom(json));
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

    Draft draft() {
      Map<?, ?> files = Optional.ofNullable((Map<?, ?>) fields.get("files")).orElse(Map.of());
      return new Draft(
          text("text"),
          files.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      e -> String.valueOf(e.getKey()), e -> String.valueOf(e.getValue()))));
    }
  }
}
