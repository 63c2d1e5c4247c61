package dev.peephole.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Network;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Role;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Sum;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every equation says which equations of the model it comes from, after every pass. */
class OriginsTest {
  private static final SourceFile MODEL = new SourceFile("m.nn", "0123456789");

  private final Builder builder = new Builder();
  private final Var x = Var.real("x", Shape.of(3));
  private final Var y = Var.real("y", Shape.of(3));

  /** The origin of an equation at the nth place of a model. */
  private static Origin.Written place(int number) {
    Span span = new Span(MODEL, number, number + 1);
    return new Origin.Written(number, span, Optional.empty(), span, Optional.empty());
  }

  private Var at(int number, Elementwise op, Var... inputs) {
    builder.at(place(number));
    return builder.apply(op, inputs);
  }

  private Function trained(Var loss, List<Var> given, List<Var> by) {
    return Function.of(
        "f",
        Map.of(Role.INPUT, given, Role.PARAMETER, by),
        builder.equations(),
        Map.of(Role.LOSS, List.of(loss)));
  }

  private Function function(Var... outputs) {
    return new Function("f", List.of(x, y), builder.equations(), List.of(outputs));
  }

  private static Equation definition(Var var, Function function) {
    return function.equations().stream().filter(e -> e.out() == var).findFirst().orElseThrow();
  }

  @Test
  void ofEqualValuesThatAreComputedOnceAreBoth() {
    Var a = at(1, Elementwise.MULTIPLY, x, y);
    Var b = at(2, Elementwise.MULTIPLY, x, y);
    Function after = new Simplify().run(function(a, b));
    assertThat(after.equations()).hasSize(1);
    assertThat(after.equations().get(0).origin())
        .isEqualTo(new Origin.Made("simplify", List.of(place(1), place(2)), List.of()));
  }

  @Test
  void ofWhatARuleReplacesAreThoseThatItSkips() {
    Var minus = at(1, Elementwise.NEGATE, y);
    Var a = at(2, Elementwise.ADD, x, minus);
    Function after = new EliminateDeadCode().run(new Simplify().run(function(a)));
    assertThat(after.equations())
        .singleElement()
        .extracting(Equation::op)
        .isEqualTo(Elementwise.SUBTRACT);
    assertThat(after.equations().get(0).origin())
        .isEqualTo(new Origin.Made("simplify", List.of(place(2)), List.of(place(1))));
  }

  @Test
  void ofAGradientAreItsForwardEquationsWithInputAndRule() {
    Var square = at(1, Elementwise.SQUARE, y);
    Var tanh = at(2, Elementwise.TANH, y);
    Var both = at(3, Elementwise.ADD, square, tanh);
    builder.at(place(4));
    Var loss = builder.apply(new Sum(List.of(0)), both);
    Function after = new Differentiate().run(trained(loss, List.of(x), List.of(y)));
    Origin origin = definition(after.outputs().get(1), after).origin();
    assertThat(origin.gradientOf()).extracting(Origin.Of::value).containsExactly(y);
    assertThat(origin.shares())
        .containsExactlyInAnyOrder(
            new Origin.Share(place(1), "square", 0), new Origin.Share(place(2), "tanh", 0));
    assertThat(origin.written()).containsExactlyInAnyOrder(place(1), place(2));
  }

  @Test
  void saysOfOneEquationAllValuesThatItIsTheGradientOf() {
    Var both = at(1, Elementwise.ADD, x, y);
    builder.at(place(2));
    Var loss = builder.apply(new Sum(List.of(0)), both);
    Function after = new Differentiate().run(trained(loss, List.of(), List.of(x, y)));
    Origin origin = definition(after.outputs().get(1), after).origin();
    assertThat(origin.gradientOf()).extracting(Origin.Of::value).containsExactly(both, x, y);
    assertThat(origin.shares())
        .contains(new Origin.Share(place(1), "add", 0), new Origin.Share(place(1), "add", 1));
  }

  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            IntStream.range(0, 25).mapToObj(RandomProgram::text),
            IntStream.range(0, 25).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void leadFromEveryEquationToTheModel(String text) {
    Network network = Texts.network(text);
    Set<Integer> known = new HashSet<>();
    for (Equation e : all(network.checked().step())) {
      assertThat(e.origin())
          .as("%s = %s%s", e.outs(), e.op().name(), e.inputs())
          .isInstanceOf(Origin.Written.class);
      assertThat(known.add(((Origin.Written) e.origin()).number())).isTrue();
    }
    for (Style style : Style.values()) {
      Function last = Pipeline.lower(network.program(), Optimization.of(style)).program().step();
      for (Equation e : all(last)) {
        assertThat(e.origin().written()).as("%s", e).isNotEmpty();
        assertThat(e.origin().written()).extracting(Origin.Written::number).isSubsetOf(known);
      }
      for (Var gradient : network.program().gradients()) {
        assertThat(definition(gradient, network.program().step()).origin().gradientOf())
            .isNotEmpty();
      }
    }
  }

  private static List<Equation> all(Function function) {
    List<Equation> all = new ArrayList<>();
    for (Equation e : function.equations()) {
      all.add(e);
      if (e.op() instanceof Scan scan) {
        all.addAll(all(scan.step()));
      }
    }
    return all;
  }
}
