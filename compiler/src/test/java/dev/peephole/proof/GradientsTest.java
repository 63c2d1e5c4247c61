package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.scope.Library;
import dev.peephole.driver.Network;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import dev.peephole.ir.Var;
import dev.peephole.op.OpCase;
import dev.peephole.op.OpCases;
import dev.peephole.op.StopGradient;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.syntax.Declaration.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every derived gradient against central differences in double precision. */
class GradientsTest {
  private static final double ALLOWED = 1e-6;
  private static final Map<String, Difference> LARGEST = new TreeMap<>();

  @AfterAll
  static void report() {
    System.out.println(
        "Gradients against central differences, largest relative error: "
            + LARGEST.entrySet().stream()
                .map(
                    e ->
                        "%s %.1e (%s)"
                            .formatted(e.getKey(), e.getValue().error(), e.getValue().what()))
                .collect(Collectors.joining(", ")));
  }

  private static void note(String kind, String what, double error) {
    LARGEST.merge(kind, new Difference(what, error), (a, b) -> a.error() >= b.error() ? a : b);
    assertThat(error).as(what).isLessThan(ALLOWED);
  }

  static Stream<OpCase> ops() {
    return OpCases.all().stream()
        .filter(c -> c.op().nondifferentiable().isEmpty() && !(c.op() instanceof StopGradient))
        .filter(c -> c.vars().stream().anyMatch(Var::real));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void ofOps(OpCase tested) {
    List<double[]> drawn = tested.draw(7);
    List<Var> vars = tested.vars();
    Var result = Var.of("u", tested.op().type(tested.inputs()));
    List<Var> order = new ArrayList<>(vars);
    order.sort(java.util.Comparator.comparing(Var::real));
    List<double[]> values =
        new ArrayList<>(List.of(OpCase.of(tested.op(), "", result.type()).draw(3).get(0)));
    order.forEach(v -> values.add(drawn.get(vars.indexOf(v))));
    Function loss = tested.projected(result, vars, order);
    Function derived = new Differentiate().run(loss);
    List<double[]> gradients = new Interpreter(OpCase.BATCH, 0).run(derived, values);
    note(
        "ops",
        tested.toString(),
        new CentralDifferences(loss, 0, OpCase.BATCH, values, gradients.size() - 1, 11)
            .largestError(gradients.subList(1, gradients.size())));
  }

  static List<LibraryCase> library() {
    return LibraryCases.all();
  }

  @ParameterizedTest
  @MethodSource("library")
  void ofTheLibrary(LibraryCase tested) {
    Network network = tested.network();
    note("library", tested.toString(), error(network, tested.point(network, 3, 5)));
  }

  @Test
  void everythingInTheLibraryIsTested() {
    Library library = new Library();
    Set<Kind> kinds = EnumSet.of(Kind.FUNCTION, Kind.LAYER, Kind.CELL);
    assertThat(library())
        .extracting(LibraryCase::name)
        .containsAll(
            library.names().stream()
                .filter(n -> kinds.contains(library.find(n).orElseThrow().kind()))
                .filter(n -> !SchedulesTest.names().contains(n))
                .toList());
  }

  static List<Path> samples() {
    return Texts.samples();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void ofSamples(Path sample) {
    Network network = Texts.network(smaller(Texts.read(sample)));
    note("samples", network.name(), error(network, Point.random(network.checked(), 3, 2)));
  }

  /**
   * With fewer time steps, symbols, units and pixels, for the patience of whoever runs this and
   * with fewer windows in which another number becomes the greatest on the way, and without states
   * carried over, which a pass adds to what was checked (CarryingTest).
   */
  private static String smaller(String text) {
    return text.replaceAll("(const length *=) \\d+", "$1 7")
        .replaceAll("(const alphabet *=) \\d+", "$1 11")
        .replaceAll("\\[28, 28, 1\\]", "[12, 12, 1]")
        .replaceAll("lstm\\((128|32)", "lstm(9")
        .replaceAll("\\(lstm, 16\\)", "(lstm, 5)")
        .replaceAll("\n  stateful\n", "\n");
  }

  /** The largest error over the parameters; the slopes are those of the program before any pass. */
  static double error(Network network, Point point) {
    return CentralDifferences.of(network.checked(), point, 13)
        .largestError(Results.interpreted(network.program(), point));
  }
}
