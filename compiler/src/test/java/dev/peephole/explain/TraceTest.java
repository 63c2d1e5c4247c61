package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.explain.Trace.Code;
import dev.peephole.explain.Trace.Equation;
import dev.peephole.explain.Trace.Piece;
import dev.peephole.explain.Trace.Place;
import dev.peephole.explain.Trace.Role;
import dev.peephole.explain.Trace.Source;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page knows of a network: which parts of it belong together. */
class TraceTest {
  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            IntStream.range(0, 4).mapToObj(RandomProgram::text),
            IntStream.range(0, 4).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  static Trace trace(String text) {
    Compilation compilation = Texts.compile(text);
    assertThat(compilation.errors()).isEmpty();
    Network network = compilation.networks().get(0);
    return Page.trace(compilation, network, FirstStep.madeUp(network, 1));
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
