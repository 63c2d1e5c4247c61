package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluator and the generated code against the numbers of PyTorch's autograd. */
class PyTorchTest {
  private static final double ALLOWED = 1e-5;

  /** What is smaller is 0 in single precision, where it is a difference of numbers near 1. */
  private static final double NOTHING = 1e-6;

  private static final int BATCH = 6;
  private static final List<String> OPTIMIZERS =
      List.of(
          "sgd(rate: 0.1)",
          "sgd(rate: 0.1, momentum: 0.9)",
          "sgd(rate: 0.1, momentum: 0.9, nesterov: true)",
          "adam(rate: 0.01)",
          "adagrad(rate: 0.05)",
          "rmsprop(rate: 0.01)",
          "rmsprop(rate: 0.01, decay: 0.9, momentum: 0.5)",
          "adadelta",
          "adamw(rate: 0.01, decay: 0.1)");
  private static final Map<String, Double> LARGEST = new TreeMap<>();

  @AfterAll
  static void report() {
    System.out.println(
        "Against PyTorch, largest relative error:\n"
            + LARGEST.entrySet().stream()
                .map(e -> "  %-60s %.1e".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n")));
  }

  private static void check(String kind, String what, double[] found, double[] expected) {
    double error = Difference.relative(found, expected, NOTHING);
    LARGEST.merge(kind, error, Math::max);
    assertThat(error).as(what).isLessThan(ALLOWED);
  }

  static List<Fixture> networks() {
    return Fixture.all("mlp-");
  }

  static Stream<Fixture> trained() {
    return networks().stream().filter(f -> f.has(OPTIMIZERS.get(0) + " dense1.W"));
  }

  /** The network of a fixture, whose name says the activation and the loss. */
  private static Network network(Fixture fixture, String optimizer) {
    String[] parts = fixture.name().split("-");
    boolean labels = parts[2].equals("cross_entropy");
    return Texts.network(
        """
        network Mlp {
          input  x: [4]
          target y: %s
          h = x |> dense(5) |> %s |> dense(4) |> %s |> dense(3)
          output h
          loss %s(h, y)
        }
        train Mlp {
          data      csv("data.csv") { x = columns 0 .. 4   y = %s }
          optimizer %s
        }
        """
            .formatted(
                labels ? "class(3)" : "[3]",
                parts[1],
                parts[1],
                parts[2],
                labels ? "column 4" : "columns 4 .. 7",
                optimizer));
  }

  private static Point point(Fixture fixture, Program program) {
    List<double[]> values = new ArrayList<>(List.of(fixture.get("x"), fixture.get("y")));
    program.parameters().forEach(p -> values.add(fixture.get(p.path())));
    return new Point(BATCH, values);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossAndGradients(Fixture fixture) {
    Program program = network(fixture, "sgd").program();
    Point point = point(fixture, program);
    Map<String, Results> all = new LinkedHashMap<>();
    all.put("double", Results.interpreted(program, point));
    Generated.models(List.of(program), Variant.all())
        .get(0)
        .forEach((v, m) -> all.put(v.toString(), Results.generated(m, program, point)));
    all.forEach(
        (by, results) -> {
          String kind = by.contains("FLOAT") ? fixture.name() + " in float" : fixture.name();
          check(kind, "loss, " + by, new double[] {results.loss()}, fixture.get("loss"));
          program
              .parameters()
              .forEach(
                  p ->
                      check(
                          kind,
                          "d " + p.path() + ", " + by,
                          results.gradient(p.path()),
                          fixture.get("d " + p.path())));
        });
  }

  @ParameterizedTest
  @MethodSource("trained")
  void threeStepsOfEachOptimizer(Fixture fixture) {
    List<Program> programs = OPTIMIZERS.stream().map(o -> network(fixture, o).program()).toList();
    List<Map<Variant, Model>> models = Generated.models(programs, Variant.all());
    for (int i = 0; i < programs.size(); i++) {
      String optimizer = OPTIMIZERS.get(i);
      Program program = programs.get(i);
      models.get(i).forEach((variant, model) -> train(fixture, optimizer, program, variant, model));
    }
  }

  private static void train(
      Fixture fixture, String optimizer, Program program, Variant variant, Model model) {
    Results.set(model, program, point(fixture, program));
    for (int step = 1; step <= 3; step++) {
      model.loss(BATCH);
      model.backward(BATCH);
      model.update(Moment.of(step));
    }
    String in = variant.precision().toString().toLowerCase(Locale.ROOT);
    for (Tensor parameter : model.parameters()) {
      check(
          "three steps of " + optimizer + " in " + in,
          optimizer + " " + parameter.name() + ", " + variant,
          Results.numbers(parameter, parameter.length()),
          fixture.get(optimizer + " " + parameter.name()));
    }
  }

  static Stream<String> functions() {
    return Fixture.read("functions").values().keySet().stream()
        .filter(k -> k.endsWith(" x"))
        .map(k -> k.substring(0, k.length() - 2));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsAndTheirGradients(String name) {
    Fixture fixture = Fixture.read("functions");
    String function = name.split(" ")[0];
    double[] x = fixture.get(name + " x");
    String shape = "[" + x.length + "]";
    LibraryCase tested = LibraryCase.of(function + "(x)", shape, "x: " + shape);
    Network network = tested.network();
    Point point =
        tested
            .point(network, 1, 1)
            .with(network.checked(), "u", fixture.get(name + " u"))
            .with(network.checked(), "x", x);
    each(
        network.program(),
        point,
        (by, results) -> {
          String kind =
              "functions, " + name.split(" ")[1] + (by.contains("FLOAT") ? " in float" : "");
          check(kind, name + ", " + by, results.output(), fixture.get(name + " y"));
          check(kind, name + "′, " + by, results.gradient("given_x.x"), fixture.get(name + " dx"));
        });
  }

  static Stream<String> losses() {
    return Fixture.read("losses").values().keySet().stream()
        .filter(k -> k.endsWith(" loss"))
        .map(k -> k.substring(0, k.length() - 5));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesAndTheirGradients(String name) {
    Fixture fixture = Fixture.read("losses");
    String loss = name.split(" ")[0];
    boolean label = fixture.has(name + " label");
    LibraryCase tested =
        label
            ? new LibraryCase(loss, loss + "(x, label)", "[]", -1, 1, List.of("x: [5]"))
            : LibraryCase.of(loss + "(x, y)", "[]", "x: [5]", "y: [5]");
    Network network = Texts.network(tested.text().replace("class(4)", "class(5)"));
    Point point =
        tested
            .point(network, 1, 1)
            .with(network.checked(), "u", 1)
            .with(network.checked(), "x", fixture.get(name + " x"));
    Point whole =
        label
            ? point.with(network.checked(), "label", fixture.get(name + " label"))
            : point.with(network.checked(), "y", fixture.get(name + " y"));
    each(
        network.program(),
        whole,
        (by, results) -> {
          String kind = "losses" + (by.contains("FLOAT") ? " in float" : "");
          check(kind, name + ", " + by, results.output(), fixture.get(name + " loss"));
          check(kind, name + "′, " + by, results.gradient("given_x.x"), fixture.get(name + " dx"));
        });
  }

  static Stream<Arguments> calls() {
    return Stream.of("convolution", "axes", "criteria")
        .map(Fixture::read)
        .flatMap(
            fixture ->
                fixture.values().keySet().stream()
                    .filter(k -> k.endsWith(" shape"))
                    .map(k -> Arguments.of(fixture, k.substring(0, k.length() - 6))));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void callsAndTheirGradients(Fixture fixture, String call) {
    String shape = shape(fixture.get(call + " shape"));
    String[] given =
        Stream.of("x", "z", "w")
            .filter(name -> fixture.has(call + " " + name))
            .map(name -> name + ": " + shape)
            .toArray(String[]::new);
    LibraryCase tested = LibraryCase.of(call, shape(fixture.get(call + " result")), given);
    Network network = Texts.network(tested.text());
    Point point = tested.point(network, 1, 1);
    for (String name : List.of("x", "z", "w", "u", "W", "b", "label")) {
      point =
          fixture.has(call + " " + name)
              ? point.with(network.checked(), name, fixture.get(call + " " + name))
              : point;
    }
    each(
        network.program(),
        point,
        (by, results) -> {
          String kind = fixture.name() + (by.contains("FLOAT") ? " in float" : "");
          check(kind, call + ", " + by, results.output(), fixture.get(call + " y"));
          for (var parameter : network.program().parameters()) {
            String path = parameter.path();
            String name = path.substring(path.indexOf('.') + 1);
            double[] expected = fixture.get(call + " d" + name);
            check(kind, call + ", d" + name + ", " + by, results.gradient(path), expected);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "112", "333", "212"})
  void labelsWhosePlacesNobodyKnows(String word) {
    Fixture fixture = Fixture.read("ctc");
    Network network =
        Texts.network(
            """
            layer given(one: []) {
              param x: [6, 4] = 0
              return x * one
            }
            network Tested {
              input one: []
              input word: [3] class(4)
              output result = ctc(given(one), word)
              loss result
            }
            """);
    Program checked = network.checked();
    Point point =
        Point.random(checked, 1, 1)
            .with(checked, "one", 1)
            .with(checked, "word", fixture.get(word + " word"))
            .with(checked, "x", fixture.get(word + " x"));
    each(
        network.program(),
        point,
        (by, results) -> {
          String kind = "ctc" + (by.contains("FLOAT") ? " in float" : "");
          check(kind, word + ", " + by, results.output(), fixture.get(word + " loss"));
          check(kind, word + "′, " + by, results.gradient("given.x"), fixture.get(word + " dx"));
        });
  }

  private static String shape(double[] lengths) {
    return Arrays.stream(lengths)
        .mapToObj(length -> String.valueOf((int) length))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private interface Found {
    void by(String what, Results results);
  }

  /** What the evaluator finds, and the generated code in single precision. */
  private static void each(Program program, Point point, Found found) {
    found.by("double", Results.interpreted(program, point));
    Variant variant = Variant.FLOAT_FAST;
    Model model = Generated.model(program, variant);
    found.by(variant.toString(), Results.generated(model, program, point));
  }
}
