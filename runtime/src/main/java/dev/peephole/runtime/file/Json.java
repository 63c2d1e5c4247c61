package dev.peephole.runtime.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The little JSON that logs and weights need. Numbers get the fewest digits that read back as the
 * same bits, on every JDK.
 */
public final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /** A number in single precision. */
  public static String number(float value) {
    return NumberOutput.toString(value, true);
  }

  /** A number in double precision. */
  public static String number(double value) {
    return NumberOutput.toString(value, true);
  }

  /** An object of texts, numbers, truth values, nulls and such objects, on one line. */
  public static String object(Map<String, ?> fields) {
    return write(json -> write(json, fields));
  }

  private static void write(JsonGenerator json, Map<?, ?> fields) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      json.writeFieldName(field.getKey().toString());
      if (field.getValue() instanceof Map<?, ?> inner) {
        write(json, inner);
      } else {
        json.writePOJO(field.getValue());
      }
    }
    json.writeEndObject();
  }

  /** An array of texts or numbers, on one line. */
  public static String array(List<?> elements) {
    return write(
        json -> {
          json.writeStartArray();
          for (Object element : elements) {
            json.writePOJO(element);
          }
          json.writeEndArray();
        });
  }

  /**
   * The texts and numbers of an array, as text.
   *
   * @throws IOException if the text is not such an array
   */
  public static List<String> elements(String array) throws IOException {
    List<String> elements = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(array)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("no array: " + array);
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken() == null || !json.currentToken().isScalarValue()) {
          throw new IOException("no array of texts or numbers: " + array);
        }
        elements.add(json.getText());
      }
    }
    return elements;
  }

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static String write(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
