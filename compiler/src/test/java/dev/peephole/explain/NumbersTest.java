package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.runtime.kernel.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page's script computes: each number is the reference interpreter's, and each gradient
 * what central differences of the loss say.
 */
class NumbersTest {
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "model.js",
          "real.js",
          "compute.js",
          "numbers.js",
          "put-in.js",
          "update.js",
          "ways.js");

  /** With a scan in each direction, and rows that are summed by their labels. */
  private static final String TAGGER =
      """
      network Tagger {
        input  word: [*] class(5)
        target tag:  [*] class(3)
        h = embedding(word, 3) |> bidirectional(lstm, 2)
        logits = dense(h, 3)
        output p = softmax(logits)
        loss cross_entropy(logits, tag)
      }
      """;

  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.start(folder.resolve("profile"));
    browser.driver().get("about:blank");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  static Stream<String> programs() {
    return Stream.of(
            Stream.of("fever.nn", "measure.nn").map(name -> Texts.read(sample(name))),
            Stream.of(TAGGER),
            IntStream.range(0, 3).mapToObj(RandomProgram::text),
            IntStream.range(0, 3).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  /** What a script says of a network, of whose page it has everything but the looks. */
  private static Object said(Trace trace, String script) {
    return browser
        .driver()
        .executeScript(
            "const data = document.createElement('script'); data.type = 'application/json';"
                + "data.id = 'data'; data.textContent = arguments[0];"
                + "document.body.replaceChildren(data);"
                + Page.scripts(SCRIPTS)
                + "beginNumbers();"
                + script,
            Html.json(trace));
  }

  @ParameterizedTest
  @MethodSource("programs")
  @SuppressWarnings("unchecked")
  void areThoseOfTheInterpreter(String text) {
    Compilation compilation = Texts.compile(text);
    Network network = compilation.networks().get(0);
    FirstStep step = FirstStep.madeUp(network, 3);
    Equations equations =
        new Equations(
            network,
            network.program(Style.TEXTBOOK),
            new Places(compilation.main(), compilation.imports()));
    List<Map<String, double[]>> expected = interpreted(equations, step);
    List<Map<String, List<Number>>> numbers =
        (List<Map<String, List<Number>>>)
            said(
                Page.trace(compilation, network, Optional.of(step)),
                "return state.run.kept.map(kept => Object.fromEntries("
                    + "[...kept].map(([key, numbers]) => [key, [...numbers].map(Number)])));");
    for (int v = 0; v < expected.size(); v++) {
      String what = equations.values().var(v) + " in\n" + text;
      assertThat(numbers.get(v).keySet()).as(what).isEqualTo(expected.get(v).keySet());
      for (String key : expected.get(v).keySet()) {
        double[] actual =
            numbers.get(v).get(key).stream().mapToDouble(Number::doubleValue).toArray();
        assertThat(difference(expected.get(v).get(key), actual))
            .as(key + " of " + what)
            .isLessThan(1e-9);
      }
    }
  }

  /** The greatest, relative to the greatest number. */
  private static double difference(double[] expected, double[] actual) {
    assertThat(actual).hasSameSizeAs(expected);
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(1);
    return IntStream.range(0, expected.length)
            .mapToDouble(k -> expected[k] == actual[k] ? 0 : Math.abs(expected[k] - actual[k]))
            .max()
            .orElse(0)
        / Math.max(size, 1e-3);
  }

  /** The numbers of each value by time step. */
  private static List<Map<String, double[]>> interpreted(Equations equations, FirstStep step) {
    Program program = equations.program();
    List<Var> vars =
        IntStream.range(0, equations.values().count()).mapToObj(equations.values()::var).toList();
    List<Map<String, double[]>> numbers = new ArrayList<>();
    vars.forEach(v -> numbers.add(new TreeMap<>()));
    Map<Object, Integer> steps = new HashMap<>();
    Interpreter interpreter =
        new Interpreter(1, step.mode())
            .watchingScans(
                (scan, at) -> {
                  int k = steps.merge(scan, 1, Integer::sum) - 1;
                  Scan op = (Scan) scan.op();
                  int length = op.length() < 0 ? step.steps() : op.length();
                  String t = String.valueOf(op.reversed() ? length - 1 - k : k);
                  for (int v = 0; v < vars.size(); v++) {
                    boolean constant =
                        op.step().inputs().contains(vars.get(v)) && !own(op, vars.get(v));
                    if (at.value(vars.get(v)) != null && !constant) {
                      numbers.get(v).put(t, at.value(vars.get(v)));
                    }
                  }
                });
    interpreter.run(program.step(), step.inputs());
    for (int v = 0; v < vars.size(); v++) {
      if (interpreter.value(vars.get(v)) != null) {
        numbers.get(v).put("", interpreter.value(vars.get(v)));
      }
    }
    return numbers;
  }

  /** Whether a value of a step is another one at each time step. */
  private static boolean own(Scan scan, Var var) {
    return scan.step().inputs().subList(0, scan.carried() + scan.sequences()).contains(var);
  }

  @Test
  void gradientsAreSlopesOfTheLoss() {
    for (String text : List.of(Texts.read(sample("fever.nn")), Texts.read(sample("measure.nn")))) {
      Compilation compilation = Texts.compile(text);
      Network network = compilation.networks().get(0);
      @SuppressWarnings("unchecked")
      List<String> found =
          (List<String>)
              said(
                  Page.trace(compilation, network, Optional.of(FirstStep.madeUp(network, 3))),
                  """
                  const found = [];
                  equations.filter(e => e.value >= 0).forEach(({ id, value }) => {
                    const target = gradientTarget(value);
                    if (target !== undefined) {
                      for (const key of [keyAt(value, 1), keyAt(value, timeSteps - 1)]) {
                        numbersAt(value, key).forEach((gradient, place) => {
                          const slope = centralDifference({ value: target, key, place });
                          if (!(Math.abs(slope - gradient) < 1e-6)) {
                            found.push(id + " " + key + " " + place + ": " + gradient + " and " + slope);
                          }
                        });
                      }
                      found.unshift(id);
                    }
                  });
                  return found;
                  """);
      assertThat(found).as("gradients, and those that are not slopes").hasSizeGreaterThan(6);
      assertThat(found).noneMatch(line -> line.contains(" and "));
    }
  }

  @Test
  void whatComesBackOnAllWaysIsTheGradient() {
    Compilation compilation = Texts.compile(Texts.read(sample("measure.nn")));
    Network network = compilation.networks().get(0);
    @SuppressWarnings("unchecked")
    List<List<Object>> found =
        (List<List<Object>>)
            said(
                Page.trace(compilation, network, Optional.of(FirstStep.madeUp(network, 3))),
                """
                return values.map((_, value) => value).filter(value => canNudge(value)
                    && gradientOf(value) !== undefined).map(value => {
                  const key = keyAt(value, 2);
                  const gradient = numbersAt(gradientOf(value), keyAt(gradientOf(value), 2))[0];
                  const ways = waysOf({ value, key, place: 0 });
                  return [values[value].name, ways.length,
                    Math.abs(total(ways.flatMap(({ shares }) => shares)) - gradient)];
                });
                """);
    assertThat(found).as("values with a gradient").hasSizeGreaterThan(20);
    assertThat(found)
        .filteredOn(way -> way.get(0).equals("c"))
        .first()
        .satisfies(
            way -> assertThat(way.get(1)).as("the output, and the next time step").isEqualTo(2L));
    assertThat(found)
        .allSatisfy(
            way ->
                assertThat(((Number) way.get(2)).doubleValue())
                    .as("%s", way.get(0))
                    .isLessThan(1e-8));
  }

  /** An optimizer's first step, for a weight of 0.7 with a gradient of −0.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(rate: 0.1)",
        "sgd(rate: 0.1, momentum: 0.9, nesterov: true)",
        "adam()",
        "nadam(rate: 0.01)",
        "rmsprop()"
      })
  void updatesAreThoseOfTheInterpreter(String optimizer) {
    Compilation compilation =
        Texts.compile(
            """
            network A {
              input x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }
            train A {
              data csv("a.csv") { x = columns 0 .. 2   y = column 2 }
              optimizer %s
            }
            """
                .formatted(optimizer));
    assertThat(compilation.errors()).isEmpty();
    Network network = compilation.networks().get(0);
    Optimizer rule = network.program().optimizer().orElseThrow();
    @SuppressWarnings("unchecked")
    List<Number> results =
        (List<Number>)
            said(
                Page.trace(compilation, network, Optional.of(FirstStep.madeUp(network, 3))),
                "return updated(trace.program.updates[0], 0.7, -0.3).map(line => line.result);");
    List<UpdateRule.Line> lines =
        new UpdateRule(rule)
            .lines(
                0.7,
                -0.3,
                new Moment(),
                name ->
                    rule.states().stream()
                        .filter(state -> state.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .initial());
    assertThat(results).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(results.get(i).doubleValue()).isCloseTo(lines.get(i).result(), within(1e-12));
    }
  }

  private static Path sample(String name) {
    return Texts.samples().stream()
        .filter(file -> file.getFileName().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
