package dev.peephole.diagnostic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peephole.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A diagnostic as one JSON object on one line, for editors and other programs. Lines and columns
 * count from 1, columns in UTF-16 units; the end is not included.
 *
 * <pre>
 * {"event":"error","code":"shape","message":"…","file":"a.nn","line":7,"column":9,"end_line":7,
 *  "end_column":10,"label":"","places":[{"file":…,"label":"x is [784]"}],"notes":[…],"hints":[…]}
 * </pre>
 */
public final class DiagnosticJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private DiagnosticJson() {}

  public static String of(Diagnostic diagnostic) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("event", diagnostic.severity().slug());
      json.writeStringField("code", diagnostic.code().slug());
      json.writeStringField("message", diagnostic.message());
      place(json, diagnostic.span(), diagnostic.label());
      json.writeArrayFieldStart("places");
      for (Diagnostic.Label label : diagnostic.secondary()) {
        json.writeStartObject();
        place(json, label.span(), label.text());
        json.writeEndObject();
      }
      json.writeEndArray();
      texts(json, "notes", diagnostic.notes());
      texts(json, "hints", diagnostic.hints());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.toString();
  }

  private static void place(JsonGenerator json, Span span, String label) throws IOException {
    json.writeStringField("file", span.file().name());
    json.writeNumberField("line", span.line());
    json.writeNumberField("column", span.column());
    json.writeNumberField("end_line", span.file().line(span.end()));
    json.writeNumberField("end_column", span.file().column(span.end()));
    json.writeStringField("label", label);
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
