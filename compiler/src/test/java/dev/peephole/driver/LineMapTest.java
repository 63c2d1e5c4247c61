package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.peephole.Golden;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.Precision;
import dev.peephole.kernel.Style;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map between lines of generated code and equations of the model is whole, both ways. */
class LineMapTest {
  /** The methods that compute, up to the line that closes them. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?m)^  (?:public|private) (?:void|double) "
              + "(?:predict|loss|backward|(?:forward|outputs|loss|backward)\\d*)\\(int n\\) \\{\\n"
              + "((?s:.*?))^  \\}$");

  /** A statement that computes something: not a call of another part, not the result. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "^ ++(?!return |(?:forward|outputs|loss|backward)\\d*\\(n\\)|pad\\w*\\().*;$");

  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            IntStream.range(0, 15).mapToObj(RandomProgram::text),
            IntStream.range(0, 15).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void leadsFromEveryComputingLineToTheModelAndBack(String text) throws IOException {
    Network network = Texts.network(text);
    Map<String, Object> map = parsed(LineMap.of(network));
    Map<Integer, Set<String>> back = new LinkedHashMap<>();
    for (Map<String, Object> equation : objects(map, "equations")) {
      Map<String, Object> place = object(equation, "model");
      assertThat((int) place.get("line")).isPositive();
      Set<String> lines = new TreeSet<>();
      objects(equation, "lines").forEach(l -> lines.add(l.get("file") + ":" + l.get("from")));
      back.put((int) equation.get("number"), lines);
    }
    for (Map<String, Object> file : objects(map, "files")) {
      Set<Integer> covered = new HashSet<>();
      for (Map<String, Object> piece : objects(file, "pieces")) {
        List<?> equations = (List<?>) piece.get("equations");
        assertThat(equations).as("%s", piece).isNotEmpty();
        for (Object number : equations) {
          assertThat(back.get(number)).contains(file.get("file") + ":" + piece.get("from"));
        }
        IntStream.rangeClosed((int) piece.get("from"), (int) piece.get("to")).forEach(covered::add);
      }
      if (!file.get("target").equals("opencl")) {
        String code = java(network, (String) file.get("file"), (String) file.get("target"));
        List<String> lines = code.lines().toList();
        assertThat(
                computing(code).stream()
                    .filter(l -> !covered.contains(l))
                    .map(l -> lines.get(l - 1)))
            .isEmpty();
      }
    }
  }

  @Test
  void leadsToKernelsOfADevice() throws IOException {
    Network network = Texts.network(Golden.folder("ir").resolve("line.nn"));
    String code = new DeviceClass(network.program(), network.name(), Style.FAST).kernels();
    List<String> lines = code.lines().toList();
    for (Map<String, Object> file : objects(parsed(LineMap.of(network)), "files")) {
      if (file.get("target").equals("opencl")) {
        for (Map<String, Object> piece : objects(file, "pieces")) {
          int from = (int) piece.get("from");
          int to = (int) piece.get("to");
          assertThat(lines.get(to - 1)).isEqualTo("}");
          assertThat(lines.subList(from - 1, to))
              .filteredOn(l -> l.startsWith("kernel "))
              .hasSize(1);
        }
      }
    }
  }

  private static String java(Network network, String file, String target) {
    String name = file.substring(0, file.length() - ".java".length());
    Style style = Style.valueOf(target.toUpperCase(Locale.ROOT));
    return new ModelClass(network.program(), name, style, Precision.FLOAT).text();
  }

  /** The lines of statements in methods that compute, counted from 1. */
  private static List<Integer> computing(String code) {
    List<Integer> lines = new ArrayList<>();
    Matcher method = METHOD.matcher(code);
    while (method.find()) {
      int line = (int) code.substring(0, method.start(1)).chars().filter(c -> c == '\n').count();
      for (String each : method.group(1).split("\n")) {
        line++;
        if (STATEMENT.matcher(each).matches()) {
          lines.add(line);
        }
      }
    }
    assertThat(lines).isNotEmpty();
    return lines;
  }

  private static Map<String, Object> parsed(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      return object(Map.of("all", value(json)), "all");
    }
  }

  private static Object value(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        object.put(name, value(json));
      }
      return object;
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(json));
      }
      return list;
    }
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : json.getText();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> in, String name) {
    return (Map<String, Object>) in.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Map<String, Object> in, String name) {
    return (List<Map<String, Object>>) in.get(name);
  }
}
