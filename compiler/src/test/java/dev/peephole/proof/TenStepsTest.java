package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.check.scope.Library;
import dev.peephole.interpret.Interpreter;
import dev.peephole.interpret.Scheduled;
import dev.peephole.ir.Optimizer;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.syntax.Declaration.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten steps of each optimizer against PyTorch, or its paper's pseudo code in numpy. */
class TenStepsTest {
  private static final int STEPS = 10;
  private static final Fixture FIXTURE = Fixture.read("optimizers");

  static Set<String> calls() {
    return FIXTURE.values().keySet().stream()
        .filter(name -> name.contains("("))
        .map(name -> name.substring(0, name.lastIndexOf(')') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** NAdam of PyTorch has another momentum in each step; the paper's is in OptimizersTest. */
  @Test
  void allAreThere() {
    Library library = new Library();
    Set<String> names =
        calls().stream().map(call -> call.replaceAll("\\(.*", "")).collect(Collectors.toSet());
    names.addAll(Set.of("nadam", "frozen"));
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            library.names().stream()
                .filter(n -> library.find(n).orElseThrow().kind() == Kind.OPTIMIZER)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void movesAsElsewhere(String call) {
    Optimizer optimizer = OptimizersTest.network(call).program().optimizer().orElseThrow();
    for (int k = 0; k < 2; k++) {
      double[] parameter = FIXTURE.get("parameter " + k);
      List<double[]> now = new ArrayList<>(List.of(parameter));
      for (Optimizer.State state : optimizer.states()) {
        double[] first = new double[parameter.length];
        Arrays.fill(first, state.initial());
        now.add(first);
      }
      for (int t = 1; t <= STEPS; t++) {
        double[] gradient = FIXTURE.get("gradient %s %s".formatted(k, t));
        List<double[]> states = List.copyOf(now.subList(1, now.size()));
        List<double[]> inputs =
            Scheduled.inputs(optimizer, now.get(0), gradient, Moment.of(t), states);
        List<double[]> after = new Interpreter(parameter.length, 0).run(optimizer.step(), inputs);
        now.clear();
        now.addAll(after);
        assertThat(now.get(0))
            .as("parameter %s after step %s", k, t)
            .containsExactly(FIXTURE.get("%s %s %s".formatted(call, k, t)), within(1e-12));
      }
    }
  }
}
