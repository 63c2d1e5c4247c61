package dev.peephole.driver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.peephole.emit.Printed;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.Precision;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.source.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which lines of the generated files come from which equations of the model, as JSON, both ways:
 *
 * <pre>
 * {"network": "Fever",
 *  "equations": [{"number": 1, "name": "z", "op": "matmul",
 *     "model": {"file": …, "line": 6, …}, "library": {…},
 *     "lines": [{"file": "FeverTextbook.java", "from": 61, "to": 62}, …]}, …],
 *  "files": [{"file": "FeverTextbook.java", "target": "textbook",
 *     "pieces": [{"from": 61, "to": 62, "computes": ["z"], "equations": [1, 2, 3],
 *        "gradient_of": ["W1"], "shares": [{"forward": [1], "rule": "matmul", "input": 1}],
 *        "passes": ["fuse"]}, …]}, …]}
 * </pre>
 *
 * A piece is what came of one kernel, with the formula above it; that of a recurrence holds those
 * of its step. An equation without lines has been simplified away, or nothing needs it.
 */
public final class LineMap {
  private final Program checked;
  private final Map<String, Printed> files = new LinkedHashMap<>();
  private final Map<String, String> targets = new LinkedHashMap<>();

  private LineMap(Network network) {
    this.checked = network.checked();
    Program program = network.program();
    String name = JavaSources.className(network.name());
    add("textbook", name + "Textbook.java", java(program, name + "Textbook", Style.TEXTBOOK));
    add("fast", name + ".java", java(program, name, Style.FAST));
    DeviceClass device = new DeviceClass(program, name, Style.FAST);
    add("opencl", device.kernelFile(), device.printedKernels());
  }

  private static Printed java(Program program, String name, Style style) {
    return new ModelClass(program, name, style, Precision.FLOAT).printed();
  }

  private void add(String target, String file, Printed printed) {
    files.put(file, printed);
    targets.put(file, target);
  }

  /** The map of a network's files in both styles and for a device. */
  public static String of(Network network) {
    return new LineMap(network).json();
  }

  private String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.append('\n').toString();
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("network", checked.name());
    json.writeArrayFieldStart("equations");
    for (Equation e : written()) {
      json.writeRaw("\n ");
      equation(json, e);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("files");
    for (Map.Entry<String, Printed> file : files.entrySet()) {
      json.writeRaw("\n ");
      json.writeStartObject();
      json.writeStringField("file", file.getKey());
      json.writeStringField("target", targets.get(file.getKey()));
      json.writeArrayFieldStart("pieces");
      for (Printed.Piece piece : sorted(file.getValue())) {
        json.writeRaw("\n  ");
        piece(json, piece);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** The equations of the check, those of the first values of parameters behind the network's. */
  private List<Equation> written() {
    List<Equation> all = new ArrayList<>();
    collect(checked.step(), all);
    checked.parameters().forEach(p -> collect(p.initializer(), all));
    return all;
  }

  private static void collect(Function function, List<Equation> all) {
    for (Equation e : function.equations()) {
      all.add(e);
      if (e.op() instanceof Scan scan) {
        collect(scan.step(), all);
      }
    }
  }

  private void equation(JsonGenerator json, Equation e) throws IOException {
    Origin.Written origin = (Origin.Written) e.origin();
    json.writeStartObject();
    json.writeNumberField("number", origin.number());
    json.writeStringField("name", e.out().name());
    json.writeStringField("op", e.op().name());
    place(json, "model", origin.model());
    Optional<Span> library = origin.library();
    if (library.isPresent()) {
      place(json, "library", library.get());
    }
    json.writeArrayFieldStart("lines");
    for (Map.Entry<String, Printed> file : files.entrySet()) {
      for (Printed.Piece piece : sorted(file.getValue())) {
        if (numbers(piece.kernel().origin()).contains(origin.number())) {
          json.writeStartObject();
          json.writeStringField("file", file.getKey());
          lines(json, piece);
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, String name, Span span) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("file", span.file().name());
    json.writeNumberField("line", span.line());
    json.writeNumberField("column", span.column());
    json.writeNumberField("end_line", span.file().line(span.end()));
    json.writeNumberField("end_column", span.file().column(span.end()));
    json.writeEndObject();
  }

  private static void lines(JsonGenerator json, Printed.Piece piece) throws IOException {
    json.writeNumberField("from", piece.from());
    json.writeNumberField("to", piece.to());
  }

  private static void piece(JsonGenerator json, Printed.Piece piece) throws IOException {
    Origin origin = piece.kernel().origin();
    json.writeStartObject();
    lines(json, piece);
    texts(json, "computes", piece.kernel().results().stream().map(Var::name).toList());
    numbers(json, "equations", origin);
    texts(
        json,
        "gradient_of",
        origin.gradientOf().stream()
            .map(of -> of.value().name())
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList());
    json.writeArrayFieldStart("shares");
    for (Origin.Share share : origin.shares()) {
      json.writeStartObject();
      numbers(json, "forward", share.forward());
      json.writeStringField("rule", share.rule());
      if (share.input() != Origin.ALL) {
        json.writeNumberField("input", share.input());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    texts(json, "passes", List.copyOf(origin.passes()));
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, Origin origin) throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers(origin)) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static List<Integer> numbers(Origin origin) {
    return origin.written().stream().map(Origin.Written::number).sorted().distinct().toList();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static List<Printed.Piece> sorted(Printed printed) {
    return printed.pieces().stream()
        .sorted(
            Comparator.comparing(Printed.Piece::from)
                .thenComparing(Comparator.comparing(Printed.Piece::to).reversed()))
        .toList();
  }
}
