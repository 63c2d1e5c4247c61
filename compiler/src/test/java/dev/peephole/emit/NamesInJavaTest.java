package dev.peephole.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.JavaSources;
import dev.peephole.driver.MemoryCompiler;
import dev.peephole.driver.Network;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.proof.Texts;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a model calls its values, the Java compiles and computes the same. */
class NamesInJavaTest {

  private static String model(String a, String b, String c) {
    return """
    layer scaled(x: [m]) {
      param %2$s: [m] = 0.5
      return x * %2$s
    }
    network Names {
      input  %1$s: [3]
      target y: [3]
      %3$s = tanh(scaled(%1$s)) + exp(max(%1$s, 0)) |> dense(3)
      output p = softmax(%3$s) * %3$s
      loss mse(p, y)
    }
    train Names {
      data      csv("a.csv") { %1$s = columns 0 .. 3   y = columns 3 .. 6 }
      optimizer adam
    }
    """
        .formatted(a, b, c);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n seed step",
        "examples products i",
        "j k l",
        "N T n",
        "t i n_",
        "sqrt log abs",
        "int class new",
        "float double long",
        "Arrays List Model",
        "Tensor Philox Real",
        "reserve predict backward",
        "forward update initialize",
        "inputs outputs values",
        "name gradient parameter",
        "dx dW db",
        "do d sum",
        "σ Δ μ",
        "String Object Override",
        "adam m v",
        "W z b",
        "total scaled concat",
        "this void null_",
        "x x1 x2",
        "multiply MatrixProduct Math"
      })
  void doNotMatter(String names) {
    String[] abc = names.split(" ");
    Network network = Texts.network(model(abc[0], abc[1], abc[2]));
    Program program = network.program();
    MemoryCompiler.compile(JavaSources.of(network, Style.FAST).files());
    Point point = Point.random(program, 3, 7);
    Results expected = Results.interpreted(program, point);
    Generated.models(List.of(program), List.of(Variant.TEXTBOOK, Variant.FAST))
        .get(0)
        .forEach(
            (variant, model) -> {
              Results found = Results.generated(model, program, point);
              expected
                  .values()
                  .forEach(
                      (value, numbers) ->
                          assertThat(found.values().get(value))
                              .as("%s, %s, %s", names, variant, value)
                              .containsExactly(numbers, Offset.offset(1e-12)));
            });
  }

  /** A position of a loop gives way to a value of its name. */
  @ParameterizedTest
  @EnumSource
  void aLetterThatTheModelHasIsNoPosition(Style style) {
    Network network = Texts.network(model("n", "k", "i"));
    String code = JavaSources.of(network, style).files().get("Names.java");
    assertThat(code)
        .containsPattern("private float\\[\\] n;")
        .containsPattern("private final float\\[\\] k = ")
        .containsPattern("private float\\[\\] i;")
        .contains("for (int n_ = 0; n_ < N; n_++) {", "for (int j = 0; j < 3; j++) {")
        .doesNotContainPattern("int [nk] =");
  }

  @Test
  void dataFindsItsTensorsByTheNamesOfTheModel() {
    Program program = Texts.network(model("class", "step", "y1")).program();
    Model model = Generated.model(program, Variant.FLOAT_FAST);
    model.reserve(1);
    assertThat(model.inputs()).extracting(Tensor::name).containsExactly("class");
    assertThat(model.targets()).extracting(Tensor::name).containsExactly("y");
    assertThat(model.outputs()).extracting(Tensor::name).containsExactly("p");
    assertThat(model.parameters())
        .extracting(Tensor::name)
        .containsExactly("scaled.step", "dense.W", "dense.b");
  }
}
