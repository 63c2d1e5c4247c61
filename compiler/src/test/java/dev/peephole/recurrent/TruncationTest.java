package dev.peephole.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Truncated backpropagation through time against the same network cut into windows by hand: each
 * window is given the states that the one before ended with, through which no gradient flows.
 */
class TruncationTest {
  private static final int BATCH = 3;
  private static final double ROUNDING = 1e-12;

  /** The sum of the squares of all steps, so that the losses of windows add up. */
  private static String network(String body) {
    return """
    network Sequence {
      input x: [10, 3]
    %s
      output h
      loss sum(h ^ 2)
    }
    """
        .formatted(body);
  }

  private static String whole(String cell, String direction) {
    return network("  f = %s\n  h = f(x%s)".formatted(cell, direction));
  }

  /** The network in windows of so many steps, from the beginning of the cell's direction. */
  private static String windows(String cell, String states, String direction, int steps) {
    boolean backward = !direction.isEmpty();
    StringBuilder body = new StringBuilder("  f = " + cell + "\n");
    StringBuilder all = new StringBuilder();
    int pieces = (10 + steps - 1) / steps;
    for (int w = 0; w < pieces; w++) {
      int from = backward ? Math.max(0, 10 - (w + 1) * steps) : w * steps;
      int to = backward ? 10 - w * steps : Math.min(10, (w + 1) * steps);
      String given = w == 0 ? "" : given(states, w - 1, backward ? 0 : steps - 1);
      body.append("  h%s = f(x[%s..%s]%s%s)\n".formatted(w, from, to, given, direction));
    }
    List<Integer> order = IntStream.range(0, pieces).boxed().toList();
    String loss =
        order.stream().map(w -> "sum(h%s ^ 2)".formatted(w)).collect(Collectors.joining(" + "));
    all.append("network Sequence {\n  input x: [10, 3]\n").append(body);
    order.forEach(w -> all.append("  output h%s\n".formatted(w)));
    return all.append("  loss ").append(loss).append("\n}\n").toString();
  }

  /** The states that a window ended with at a step of it. */
  private static String given(String states, int window, int step) {
    return Arrays.stream(states.split(""))
        .map(s -> ", %s: stop_gradient(h%s.%s[%s])".formatted(s, window, s, step))
        .collect(Collectors.joining());
  }

  private static Map<String, double[]> gradients(Results results) {
    Map<String, double[]> found = new TreeMap<>();
    results
        .values()
        .forEach(
            (name, numbers) -> {
              if (name.startsWith("d ") || name.equals("loss")) {
                found.put(name, numbers);
              }
            });
    return found;
  }

  private static Program truncated(String text, int steps) {
    return Pipeline.run(Texts.network(text).checked().reaching(new Program.Reach(steps, false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rnn(units: 4)                    | s
          gru(units: 4)                    | s
          lstm(units: 4)                   | sc
          lstm(units: 4, peepholes: true)  | sc
          """)
  void isTheGradientOverWindows(String cell, String states) {
    for (String direction : List.of("", ", direction: backward")) {
      for (int steps : List.of(1, 2, 3, 5, 9)) {
        Program program = truncated(whole(cell, direction), steps);
        Program cut = Texts.network(windows(cell, states, direction, steps)).program();
        Point point = Point.random(program, BATCH, 41);
        Map<String, double[]> expected = gradients(Results.interpreted(cut, point));
        agree(program, point, expected, cell + direction + ", truncate " + steps);
      }
    }
  }

  /** One cell reads another: a window of the second needs nothing of earlier ones of the first. */
  @Test
  void isTheGradientOverWindowsOfDeepCells() {
    String deep = network("  f = lstm(units: 4)\n  g = gru(units: 2)\n  h = g(f(x))");
    String cut =
        """
        network Sequence {
          input x: [10, 3]
          f = lstm(units: 4)
          g = gru(units: 2)
          a = f(x[0..5])
          b = g(a)
          c = f(x[5..10], s: stop_gradient(last(a.s)), c: stop_gradient(last(a.c)))
          d = g(c, s: stop_gradient(last(b)))
          output b, d
          loss sum(b ^ 2) + sum(d ^ 2)
        }
        """;
    Program program = truncated(deep, 5);
    Point point = Point.random(program, BATCH, 43);
    Program windows = Texts.network(cut).program();
    agree(program, point, gradients(Results.interpreted(windows, point)), "deep");
  }

  /** Both directions are cut at the same places where these divide the sequence. */
  @Test
  void isTheGradientOverWindowsOfBothDirections() {
    String both =
        network("  f = gru(units: 4)\n  g = gru(units: 4)\n  h = f(x) * g(x, direction: backward)");
    String cut =
        """
        network Sequence {
          input x: [10, 3]
          f = gru(units: 4)
          g = gru(units: 4)
          a = f(x[0..5])
          c = f(x[5..10], s: stop_gradient(last(a)))
          d = g(x[5..10], direction: backward)
          b = g(x[0..5], s: stop_gradient(d[0]), direction: backward)
          output a, b
          loss sum((a * b) ^ 2) + sum((c * d) ^ 2)
        }
        """;
    Program program = truncated(both, 5);
    Point point = Point.random(program, BATCH, 47);
    Program windows = Texts.network(cut).program();
    agree(program, point, gradients(Results.interpreted(windows, point)), "both directions");
  }

  private static void agree(
      Program program, Point point, Map<String, double[]> expected, String what) {
    require(gradients(Results.interpreted(program, point)), expected, what + ", evaluator");
    for (Variant variant : List.of(Variant.TEXTBOOK, Variant.FAST)) {
      Results results = Results.generated(Generated.model(program, variant), program, point);
      require(gradients(results), expected, what + ", " + variant);
    }
  }

  private static void require(
      Map<String, double[]> actual, Map<String, double[]> expected, String what) {
    assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (name, numbers) ->
            assertThat(RelativeError.of(actual.get(name), numbers))
                .as("%s of %s", name, what)
                .isLessThan(ROUNDING));
  }

  /** It is another gradient, and not by accident the same. */
  @Test
  void isNotTheWholeGradient() {
    String text = whole("lstm(units: 4)", "");
    Program program = Texts.network(text).program();
    Point point = Point.random(program, BATCH, 53);
    double[] all = Results.interpreted(program, point).gradient("f.U_g");
    double[] some = Results.interpreted(truncated(text, 5), point).gradient("f.U_g");
    assertThat(RelativeError.of(some, all)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 1000})
  void changesNothingWhereNothingIsCut(int steps) {
    String text = whole("lstm(units: 4, peepholes: true)", "");
    Program program = Texts.network(text).program();
    Point point = Point.random(program, BATCH, 59);
    for (Variant variant : Variant.all()) {
      Map<String, double[]> expected =
          gradients(Results.generated(Generated.model(program, variant), program, point));
      Program cut = truncated(text, steps);
      Map<String, double[]> actual =
          gradients(Results.generated(Generated.model(cut, variant), cut, point));
      expected.forEach((name, numbers) -> assertThat(actual.get(name)).isEqualTo(numbers));
    }
  }

  @Test
  void isPlainToSee() {
    Network network =
        Texts.network(
            whole("gru(units: 4)", "")
                + """
                train Sequence {
                  data csv("a.csv") { x = columns 0 .. 3 }
                  window 10
                  truncate 4
                  optimizer sgd(0.1)
                }
                """);
    for (Style style : Style.values()) {
      assertThat(JavaSources.of(network, style).files().get("Sequence.java"))
          .contains("// gru, backwards, one time step after another, truncated to 4 steps")
          .contains("if (t == 9 || (t + 1) % 4 == 0) {");
    }
  }
}
