package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.explain.Trace.Code;
import dev.peephole.explain.Trace.Edge;
import dev.peephole.explain.Trace.Equation;
import dev.peephole.explain.Trace.Node;
import dev.peephole.explain.Trace.Piece;
import dev.peephole.explain.Trace.Place;
import dev.peephole.explain.Trace.Role;
import dev.peephole.explain.Trace.Source;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page knows of a network: which parts of it belong together. */
class TraceTest {
  private static final Pattern COMPUTES =
      Pattern.compile("^  \\w+ .*\\b(forward|backward|outputs|loss|predict)\\w*\\(.*\\{$");

  private static final Pattern CALLS = Pattern.compile(" *(\\w+\\(N\\)|return loss);");

  private static final Map<String, Trace> TRACES = new HashMap<>();

  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            IntStream.range(0, 4).mapToObj(RandomProgram::text),
            IntStream.range(0, 4).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  static Trace trace(String text) {
    return TRACES.computeIfAbsent(text, TraceTest::traced);
  }

  private static Trace traced(String text) {
    Compilation compilation = Texts.compile(text);
    assertThat(compilation.errors()).isEmpty();
    Network network = compilation.networks().get(0);
    return Page.trace(compilation, network, Optional.of(FirstStep.madeUp(network, 1)));
  }

  private static Equation equation(Trace trace, String id) {
    return trace.equations().stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<String> ids(Trace trace, List<Integer> numbers) {
    return numbers.stream().map(n -> trace.equations().get(n).id()).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyPieceOfCodeLeadsToTheModelAndBack(String text) {
    Trace trace = trace(text);
    assertThat(trace.equations().stream().map(Equation::id)).doesNotHaveDuplicates();
    for (Equation equation : trace.equations()) {
      assertThat(equation.places()).as(equation.text()).isNotEmpty();
      for (Place place : equation.places()) {
        Source source = trace.sources().get(place.source());
        long lines = source.text().lines().count();
        assertThat(place.line() - source.firstLine()).isBetween(0, (int) lines - 1);
      }
      assertThat(equation.places())
          .as(equation.text())
          .anyMatch(place -> !trace.sources().get(place.source()).library());
    }
    for (Code code : trace.files()) {
      Set<Integer> found = new HashSet<>();
      for (Piece piece : code.pieces()) {
        assertThat(piece.equations()).isNotEmpty();
        found.addAll(piece.equations());
      }
      if (code.target().equals("textbook")) {
        assertThat(IntStream.range(0, trace.equations().size()).boxed().toList())
            .allMatch(e -> found.contains(e) || isView(trace.equations().get(e)));
      }
      assertThat(found)
          .as("the gradients of all parameters in " + code.target())
          .containsAll(gradientsOfParameters(trace));
    }
  }

  /** In the methods that compute something, but for calls of one another, and results. */
  @ParameterizedTest
  @MethodSource("programs")
  void everyLineThatComputesLeadsToTheModel(String text) {
    for (Code code : trace(text).files()) {
      Set<Integer> found = new HashSet<>();
      for (Piece piece : code.pieces()) {
        IntStream.rangeClosed(piece.from(), piece.to()).forEach(found::add);
      }
      List<String> lines = code.text().lines().toList();
      boolean inside = false;
      int computing = 0;
      for (int i = 0; i < lines.size() && !code.target().equals("opencl"); i++) {
        inside |= COMPUTES.matcher(lines.get(i)).find();
        inside &= !lines.get(i).equals("  }");
        if (inside && lines.get(i).endsWith(";") && !CALLS.matcher(lines.get(i)).matches()) {
          computing++;
          assertThat(found).as(lines.get(i)).contains(i + 1);
        }
      }
      assertThat(computing > 4).as(code.target()).isEqualTo(!code.target().equals("opencl"));
    }
  }

  /** Whether an equation gives numbers another shape, for which there is no code. */
  private static boolean isView(Equation equation) {
    return equation.text().contains("reshape") || equation.reads().size() == 1;
  }

  private static List<Integer> gradientsOfParameters(Trace trace) {
    return IntStream.range(0, trace.equations().size())
        .filter(
            e ->
                trace.equations().get(e).gradientOf().stream()
                    .anyMatch(v -> trace.values().get(v).role() == Role.PARAMETER))
        .filter(e -> !isView(trace.equations().get(e)))
        .boxed()
        .toList();
  }

  @Test
  void gradientsStandBesideWhatTheyFollowFrom() {
    Trace trace = trace(Texts.read(Texts.samples().get(sample("fever.nn"))));
    assertThat(ids(trace, equation(trace, "dW1").partners())).containsExactly("xW1");
    assertThat(ids(trace, equation(trace, "dz").partners())).containsExactly("z", "h");
    assertThat(ids(trace, equation(trace, "p").partners())).containsExactly("dp", "db2");
    Equation gradient = equation(trace, "dW1");
    assertThat(gradient.text()).isEqualTo("dW1 = xᵀ · dz");
    assertThat(gradient.gradientOf().stream().map(v -> trace.values().get(v).name()))
        .containsExactly("W1");
    assertThat(gradient.shares()).singleElement().extracting("op").isEqualTo("matmul");
    assertThat(gradient.shares().get(0).gradient().toString())
        .isEqualTo(
            "[mrow, [mi, db], [mo, =], [mrow, [msup, [mi, a], [mo, ⊤]], [mo, ·], [mi, dy]]]");
    assertThat(gradient.reasons()).singleElement().asString().contains("transposed x");
    assertThat(equation(trace, "db1").reasons()).singleElement().asString().contains("sum over n");
  }

  @Test
  void cellsOpenIntoTheirOwnSource() {
    Trace trace = trace(Texts.read(Texts.samples().get(sample("reber.nn"))));
    Equation gate = equation(trace, "lstm.i");
    List<String> sources =
        gate.places().stream().map(p -> trace.sources().get(p.source()).title()).toList();
    assertThat(sources).containsExactly("test.nn", "cell lstm");
    Place place = gate.places().get(1);
    Source cell = trace.sources().get(place.source());
    String line = cell.text().lines().toList().get(place.line() - cell.firstLine());
    assertThat(line.strip()).startsWith("i = sigmoid(");
    assertThat(ids(trace, gate.partners()))
        .containsExactlyInAnyOrder(
            "dlstm.dz_i", "dlstm.dcPrev", "dlstm.dp_i_t", "dp_i", "db_i", "dW_i");
    Equation state = equation(trace, "dlstm.dc");
    assertThat(state.reasons().get(0)).contains("in 3 ways");
    assertThat(ids(trace, state.partners()).stream().filter(id -> id.startsWith("lstm.")))
        .containsExactly("lstm.o", "lstm.tanh_c", "lstm.s");
  }

  /** Each equation is in the graph, and no value comes from what is computed of it. */
  @ParameterizedTest
  @MethodSource("programs")
  void theGraphHasAllEquations(String text) {
    Trace trace = trace(text);
    List<Node> nodes = trace.graph().nodes();
    Set<Integer> shown = new HashSet<>();
    nodes.forEach(node -> shown.addAll(node.equations()));
    assertThat(IntStream.range(0, trace.equations().size()).boxed())
        .filteredOn(e -> !trace.equations().get(e).part().equals("backward"))
        .allSatisfy(e -> assertThat(shown).as(trace.equations().get(e).text()).contains(e));
    Set<Integer> above =
        nodes.stream().map(Node::parent).collect(Collectors.toCollection(HashSet::new));
    Map<Integer, List<Integer>> next = new HashMap<>();
    for (Edge edge : trace.graph().edges()) {
      assertThat(above).doesNotContain(edge.from(), edge.to());
      if (!edge.before()) {
        next.computeIfAbsent(edge.from(), n -> new ArrayList<>()).add(edge.to());
      }
    }
    for (int node = 0; node < nodes.size(); node++) {
      assertThat(reached(node, next)).as(nodes.get(node).text()).doesNotContain(node);
    }
  }

  private static Set<Integer> reached(int from, Map<Integer, List<Integer>> next) {
    Set<Integer> reached = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(next.getOrDefault(from, List.of()));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (reached.add(node)) {
        open.addAll(next.getOrDefault(node, List.of()));
      }
    }
    return reached;
  }

  /** As the cell is written: g, i and f see x and s of before, i and f also c; o sees the new c. */
  @Test
  void theGraphOfACellIsItsEquations() {
    Trace trace = trace(Texts.read(Texts.samples().get(sample("reber.nn"))));
    List<Node> nodes = trace.graph().nodes();
    int lstm = IntStream.range(0, nodes.size()).filter(n -> is(nodes, n, "lstm")).sum();
    assertThat(nodes.get(lstm)).extracting("kind", "id").containsExactly("cell", "lstm");
    assertThat(
            trace.graph().edges().stream()
                .filter(edge -> nodes.get(edge.to()).parent() == lstm)
                .map(
                    edge ->
                        "%s%s %s → %s"
                            .formatted(
                                nodes.get(edge.from()).name(),
                                edge.before() ? " before" : "",
                                edge.read(),
                                nodes.get(edge.to()).name())))
        .containsExactlyInAnyOrder(
            "s before [N, 8] → past",
            "one_hot [N, 7] → g",
            "past [N, 8] → g",
            "one_hot [N, 7] → i",
            "past [N, 8] → i",
            "c before [N, 8] → i",
            "one_hot [N, 7] → f",
            "past [N, 8] → f",
            "c before [N, 8] → f",
            "i [N, 8] → c",
            "g [N, 8] → c",
            "f [N, 8] → c",
            "c before [N, 8] → c",
            "one_hot [N, 7] → o",
            "past [N, 8] → o",
            "c [N, 8] → o",
            "c [N, 8] → s",
            "o [N, 8] → s",
            "s before [N, 8] → s");
    assertThat(trace.graph().edges())
        .filteredOn(edge -> nodes.get(edge.from()).name().equals("s"))
        .filteredOn(edge -> nodes.get(edge.to()).parent() != lstm)
        .singleElement()
        .extracting("produced", "handed", "read")
        .containsExactly("[N, 8]", "[N, T, 8]", "[N, T, 8]");
  }

  private static boolean is(List<Node> nodes, int node, String name) {
    return nodes.get(node).name().equals(name);
  }

  /** One layer applied in two places is two nodes, each with its own equations. */
  @Test
  void whatIsAppliedTwiceIsTwoNodes() {
    Trace trace =
        trace(
            """
            layer Block(x: [n]) {
              h = dense(x, n)
              return tanh(h) + x
            }
            network Two {
              input x: [2]
              target y: [2]
              a = Block(x)
              output p = Block(a)
              loss mse(p, y)
            }
            """);
    List<Node> nodes = trace.graph().nodes();
    assertThat(nodes)
        .filteredOn(node -> node.name().equals("Block"))
        .extracting("id", "kind", "parent")
        .containsExactly(tuple("Block", "layer", -1), tuple("Block-2", "layer", -1));
    assertThat(nodes)
        .filteredOn(node -> node.name().equals("dense"))
        .extracting(node -> nodes.get(node.parent()).id())
        .containsExactly("Block", "Block-2");
  }

  @Test
  void valuesLeadToTheEquationsThatComputeThem() {
    Trace trace = trace(Texts.read(Texts.samples().get(sample("reber.nn"))));
    assertThat(
            equation(trace, "lstm.i").reads().stream()
                .map(v -> trace.values().get(v))
                .collect(
                    Collectors.toMap(
                        Trace.Value::name,
                        v -> v.equation() < 0 ? "" : trace.equations().get(v.equation()).id())))
        .containsEntry("cPrev", "lstm.c")
        .containsEntry("sPrevU_i", "lstm.sPrevU_i")
        .containsEntry("W_i", "")
        .containsEntry("symbol_t", "symbol_t");
  }

  private static int sample(String name) {
    return IntStream.range(0, Texts.samples().size())
        .filter(i -> Texts.samples().get(i).getFileName().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
