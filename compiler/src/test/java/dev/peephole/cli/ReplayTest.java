package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.file.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nnc explain --run --step}: any step of a run, to the bit. */
class ReplayTest extends CommandTest {
  /** 13 points in batches of 4: four steps an epoch. */
  private static final String CLOUD =
      """
      network Cloud {
        input  x: [2]
        target y: [1]
        h = dropout(tanh(dense(x, 3)), 0.25)
        output p = dense(h, 1)
        loss mse(p, y)
      }

      train Cloud {
        data      csv("cloud.csv") { x = columns "a", "b"   y = column "y" }
        batch     4
        epochs    9
        optimizer adam(rate: warm_up(step_decay(0.05, every: 1), steps: 6))
        clip      norm 0.5
        seed      2
      }
      """;

  private Path cloud() throws IOException {
    StringBuilder rows = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 13; i++) {
      rows.append(i % 5).append(',').append(i * i % 7).append(',').append(i % 3).append('\n');
    }
    write("cloud.csv", rows.toString());
    return write("cloud.nn", CLOUD);
  }

  private static Outcome train(Path model, Path run, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", model, "-o", run, "--quiet"));
    arguments.addAll(List.of(more));
    Outcome outcome = nnc(arguments.toArray());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome;
  }

  /** What the step after two epochs begins with is what a run of two epochs ends with. */
  @ParameterizedTest
  @CsvSource({"fast, 1", "textbook, 1", "fast, 2"})
  void hasTheBitsOfTheRun(String style, int threads) throws IOException {
    Path model = cloud();
    Path run = folder.resolve("run");
    Path two = folder.resolve("two");
    train(model, run, "--style", style, "--threads", threads);
    train(model, two, "--style", style, "--threads", threads, "--epochs", 2);
    Compilation compilation = Frontend.compile(model, DataAccess.none());
    Network network = compilation.networks().get(0);
    FirstStep step = FirstStep.ofRun(compilation, network, run, 9, 3, Optional.empty());
    assertThat(step.from()).contains("number 3 of the 4 in step 9", "step 1 of epoch 3");
    List<double[]> parameters = parameters(network, step);
    Model trained = Linker.program(compilation, network, Style.TEXTBOOK).model().get();
    Safetensors.read(two.resolve("weights.safetensors")).copyTo("", trained.parameters());
    for (int k = 0; k < parameters.size(); k++) {
      for (int i = 0; i < parameters.get(k).length; i++) {
        assertThat(parameters.get(k)[i]).isEqualTo(trained.parameters().get(k).get(i));
      }
    }
  }

  /** The last of the inputs of a network's step are its parameters. */
  private static List<double[]> parameters(Network network, FirstStep step) {
    int count = network.program().parameters().size();
    return step.inputs().subList(step.inputs().size() - count, step.inputs().size());
  }

  @Test
  void writesAPageOfTheStep() throws IOException {
    Path model = cloud();
    Path run = folder.resolve("run");
    train(model, run, "--epochs", 1);
    Path page = folder.resolve("page.html");
    Outcome written = nnc("explain", model, "--run", run, "--step", 4, "-o", page);
    assertThat(written.status()).as(written.err()).isZero();
    assertThat(Files.readString(page)).contains("number 1 of the 1 in step 4 of the run");
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    Path model = cloud();
    Path run = folder.resolve("run");
    train(model, run, "--epochs", 1);
    assertThat(nnc("explain", model, "--run", run, "--step", 5).err())
        .contains("has no step 5", "its checkpoint is from after step 4");
    assertThat(nnc("explain", model, "--run", run, "--step", 4, "--example", 2).err())
        .contains("step 4 has no example 2", "its batch has 1");
    assertThat(nnc("explain", model, "--run", run).status()).isEqualTo(2);
    Path other = write("cloud.nn", CLOUD.replace("tanh", "relu"));
    assertThat(nnc("explain", other, "--run", run, "--step", 1).err())
        .contains("is no run of this model");
  }
}
