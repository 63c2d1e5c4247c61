package dev.peephole.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peephole.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a map of lines as JSON, both ways:
 *
 * <pre>
 * {"network": "Fever",
 *  "sources": [{"number": 1, "kind": "equation", "name": "z", "op": "matmul",
 *     "model": {"file": …, "line": 6, …}, "library": {…},
 *     "lines": [{"file": "FeverTextbook.java", "target": "textbook", "from": 61, "to": 62}, …]}, …],
 *  "files": [{"file": "FeverTextbook.java", "target": "textbook",
 *     "pieces": [{"from": 61, "to": 62, "kind": "kernel", "computes": ["z"], "sources": [1, 2, 3],
 *        "gradient_of": ["W1"], "shares": [{"forward": [1], "rule": "matmul", "input": 1}],
 *        "passes": ["fuse"]}, …]}, …]}
 * </pre>
 *
 * The fields are those of {@link LineMap}. A source without lines has been simplified away, or
 * nothing needs it.
 */
public final class LineMapJson {
  private final LineMap map;
  private final JsonGenerator json;

  private LineMapJson(LineMap map, JsonGenerator json) {
    this.map = map;
    this.json = json;
  }

  /** The text, a line a source or piece. */
  public static String text(LineMap map) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new LineMapJson(map, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.append('\n').toString();
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("network", map.network());
    json.writeArrayFieldStart("sources");
    for (LineMap.Source source : map.sources()) {
      json.writeRaw("\n ");
      source(source);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("files");
    for (LineMap.File file : map.files()) {
      json.writeRaw("\n ");
      json.writeStartObject();
      json.writeStringField("file", file.name());
      json.writeStringField("target", word(file.target()));
      json.writeArrayFieldStart("pieces");
      for (LineMap.Piece piece : file.pieces()) {
        json.writeRaw("\n  ");
        piece(piece);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void source(LineMap.Source source) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", source.number());
    json.writeStringField("kind", word(source.kind()));
    json.writeStringField("name", source.name());
    json.writeStringField("op", source.op());
    place("model", source.model());
    Optional<Span> library = source.library();
    if (library.isPresent()) {
      place("library", library.get());
    }
    json.writeArrayFieldStart("lines");
    for (LineMap.Lines lines : map.linesOf(source)) {
      json.writeStartObject();
      json.writeStringField("file", lines.file());
      json.writeStringField("target", word(lines.target()));
      lines(lines.from(), lines.to());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void place(String name, Span span) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("file", span.file().name());
    json.writeNumberField("line", span.line());
    json.writeNumberField("column", span.column());
    json.writeNumberField("end_line", span.file().line(span.end()));
    json.writeNumberField("end_column", span.file().column(span.end()));
    json.writeEndObject();
  }

  private void lines(int from, int to) throws IOException {
    json.writeNumberField("from", from);
    json.writeNumberField("to", to);
  }

  private void piece(LineMap.Piece piece) throws IOException {
    json.writeStartObject();
    lines(piece.from(), piece.to());
    json.writeStringField("kind", word(piece.kind()));
    texts("computes", piece.computes());
    numbers("sources", piece.sources());
    texts("gradient_of", piece.gradientOf());
    json.writeArrayFieldStart("shares");
    for (LineMap.Share share : piece.shares()) {
      json.writeStartObject();
      numbers("forward", share.forward());
      json.writeStringField("rule", share.rule());
      if (share.input().isPresent()) {
        json.writeNumberField("input", share.input().get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    texts("passes", piece.passes());
    json.writeEndObject();
  }

  private void numbers(String name, List<Integer> numbers) throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
