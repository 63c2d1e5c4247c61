package dev.peephole.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page's numbers are computed of. */
class FirstStepTest {
  private static final String MODEL =
      """
      network Line {
        input x: [2]
        target y: [1]
        output p = dense(x, 1)
        loss %s
      }

      train Line {
        data csv("line.csv") { x = columns "a", "b"   y = column "c" }
        optimizer sgd()
      }
      """;

  @TempDir Path folder;

  private Compilation compile(String loss) {
    return Frontend.compile(folder.resolve("line.nn"), MODEL.formatted(loss), DataAccess.none());
  }

  private Optional<FirstStep> ofData() {
    Compilation compilation = compile("mse(p, y)");
    return FirstStep.ofData(compilation, compilation.networks().get(0), Optional.empty());
  }

  @Test
  void isTheFirstExampleOfTheData() throws IOException {
    Files.writeString(folder.resolve("line.csv"), "a,b,c\n1.5,-2,0.25\n7,8,9\n");
    FirstStep step = ofData().orElseThrow();
    assertThat(step.from()).isEqualTo("the first example of the training part of line.csv");
    assertThat(step.inputs().get(0)).containsExactly(1.5, -2);
    assertThat(step.inputs().get(1)).containsExactly(0.25);
    assertThat(step.inputs().get(3)).as("the bias at first").containsExactly(0);
    assertThat(step.mode().training()).isTrue();
  }

  @Test
  void isMadeUpWithoutData() {
    assertThat(ofData()).isEmpty();
    Network network = compile("mse(p, y)").networks().get(0);
    FirstStep step = FirstStep.madeUp(network, 1);
    assertThat(step.from()).isEqualTo("made up, as the data is not at hand");
    assertThat(Arrays.stream(step.inputs().get(2)).boxed())
        .as("weights in single precision")
        .allMatch(w -> w == w.floatValue());
    assertThat(step.inputs().get(2)).isEqualTo(FirstStep.madeUp(network, 1).inputs().get(2));
  }

  @Test
  void numbersAreWithinWhatTheLossNeeds() {
    Network network = compile("mean(log(y) * p)").networks().get(0);
    assertThat(IntStream.range(0, 10).mapToObj(seed -> FirstStep.madeUp(network, seed)))
        .allMatch(step -> step.inputs().get(1)[0] > 0);
  }
}
