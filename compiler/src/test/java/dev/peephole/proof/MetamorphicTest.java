package dev.peephole.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Network;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pass.join.JoinProducts;
import dev.peephole.pass.naming.UniqueNames;
import dev.peephole.pass.simplify.Simplify;
import dev.peephole.pass.verify.Verify;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.pipeline.Stage;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not make a difference: compiling again, and optimising. */
class MetamorphicTest {

  static Stream<String> programs() {
    return Stream.concat(
        Texts.samples().stream().map(Texts::read),
        LongStream.range(2000, 2020).mapToObj(RandomProgram::text));
  }

  static Stream<String> small() {
    return programs().filter(text -> !text.contains("network Mlp"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void compiledTwiceIsTheSameText(String text) {
    Network once = Texts.network(text);
    Network again = Texts.network(text);
    for (Style style : Style.values()) {
      assertThat(JavaSources.of(once, style).files())
          .isEqualTo(JavaSources.of(again, style).files());
    }
    assertThat(doubles(once)).isEqualTo(doubles(again));
    assertThat(stages(once)).isEqualTo(stages(again));
  }

  private static String doubles(Network network) {
    return new ModelClass(network.program(), "Twice", Style.FAST, Precision.DOUBLE).text();
  }

  private static List<String> stages(Network network) {
    return Pipeline.stages(network.checked(), Optimization.of(Style.FAST)).stream()
        .map(stage -> stage.name() + "\n" + stage.text())
        .toList();
  }

  /** The derivative as it falls out, term by term, equals what the pipeline makes of it. */
  @ParameterizedTest
  @MethodSource("small")
  void simplifyingKeepsTheValues(String text) {
    Program program = Texts.network(text).checked();
    Point point = Point.random(program, 3, 31);
    Function derived = new Differentiate().run(program.step());
    Results plain = Results.interpreted(program, derived, point);
    assertSame(plain, Results.interpreted(program, new Simplify().run(derived), point), text);
    for (Stage.Equations stage : Pipeline.derivation(program)) {
      if (stage.function().outputs().size() == derived.outputs().size()) {
        assertSame(plain, Results.interpreted(program, stage.function(), point), text);
      }
    }
  }

  /** Simplifying before differentiating gives the same gradients as after it. */
  @ParameterizedTest
  @MethodSource("small")
  void simplifyingFirstKeepsTheGradients(String text) {
    Program program = Texts.network(text.replace("stop_gradient", "")).checked();
    Point point = Point.random(program, 3, 37);
    Differentiate differentiate = new Differentiate();
    Function named = new UniqueNames().run(program.step());
    Results before = Results.interpreted(program, differentiate.run(named), point);
    Function simplified = new Simplify().run(named);
    assertSame(before, Results.interpreted(program, differentiate.run(simplified), point), text);
  }

  /** Products side by side are the products, in whatever network. */
  @ParameterizedTest
  @MethodSource("small")
  void joiningProductsKeepsTheValues(String text) {
    Program program = Texts.network(text).program();
    Point point = Point.random(program, 3, 41);
    Results apart = Results.interpreted(program, program.step(), point);
    Function joined = new JoinProducts(Optimization.of(Style.FAST)).run(program.step());
    Verify.verify(joined, "join-products");
    assertSame(apart, Results.interpreted(program, joined, point), text);
  }

  private static void assertSame(Results a, Results b, String text) {
    Difference difference = Difference.between(a, b);
    assertThat(difference.error()).as("%s in%n%s", difference.what(), text).isLessThan(1e-11);
  }
}
