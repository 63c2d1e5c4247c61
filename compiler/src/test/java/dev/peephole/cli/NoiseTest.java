package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network with dropout on its way through training, evaluation and prediction. */
class NoiseTest extends CommandTest {
  private Path model;

  @BeforeEach
  void write() throws IOException {
    model =
        write(
            "noisy.nn",
            """
            network Noisy {
              input  x: [2]
              target arm: class(3)
              logits = x |> dense(12) |> tanh |> dropout(0.5) |> gaussian_noise |> dense(3)
              output p = softmax(logits)
              loss cross_entropy(logits, arm)
            }
            train Noisy {
              data      spiral(examples: 300, classes: 3) { x = x   arm = label }
              split     60 / 20 / 20
              batch     25
              epochs    4
              optimizer adam(rate: 0.01)
              seed      5
            }
            """);
  }

  private Path train(String name, Object... options) {
    Path run = folder.resolve(name);
    Object[] all = new Object[options.length + 4];
    all[0] = "train";
    all[1] = model;
    all[2] = "-o";
    all[3] = run;
    System.arraycopy(options, 0, all, 4, options.length);
    assertThat(nnc(all).status()).isZero();
    return run;
  }

  private static String figure(String name, String event) {
    Matcher matcher = Pattern.compile("\"" + name + "\":([^,}]+)").matcher(event);
    assertThat(matcher.find()).as(name + " in " + event).isTrue();
    return matcher.group(1);
  }

  @Test
  void partsAreMeasuredWithoutNoise() throws IOException {
    Path run = train("run", "--quiet");
    String result = lastLine(run.resolve("log.jsonl"));
    Path weights = run.resolve("weights.safetensors");
    String evaluated = nnc("eval", model, "--weights", weights, "--json").out();
    assertThat(figure("test_loss", evaluated)).isEqualTo(figure("test_loss", result));
    assertThat(nnc("eval", model, "--weights", weights, "--json").out()).isEqualTo(evaluated);

    String text = Files.readString(model);
    Files.writeString(model, text.replace("|> dropout(0.5) |> gaussian_noise", ""));
    assertThat(nnc("eval", model, "--weights", weights, "--json").out())
        .as("the same network, never with noise")
        .isEqualTo(evaluated);
  }

  private static String lastLine(Path file) throws IOException {
    return Files.readAllLines(file).stream().reduce((a, b) -> b).orElseThrow();
  }

  @Test
  void trainingIsNoisy() throws IOException {
    byte[] noisy = TrainTest.weights(train("noisy"));
    Files.writeString(model, Files.readString(model).replace("dropout(0.5)", "dropout(0)"));
    assertThat(TrainTest.weights(train("less"))).isNotEqualTo(noisy);
  }

  @Test
  void predictionsAreWithoutNoise() throws IOException {
    Path weights = train("run", "--epochs", 1).resolve("weights.safetensors");
    Path in = write("in.csv", "x_0,x_1\n0.5,-0.25\n0.5,-0.25\n");
    Outcome predicted = nnc("predict", model, "--weights", weights, "--in", in);
    assertThat(predicted.status()).isZero();
    assertThat(predicted.lines()).hasSize(3);
    assertThat(predicted.lines().get(1)).isEqualTo(predicted.lines().get(2));
  }

  @Test
  void aResumedRunDrawsWhatItWouldHaveDrawn() throws IOException {
    Path whole = train("whole");
    Path halves = train("halves", "--epochs", 2);
    assertThat(nnc("train", model, "--resume", halves, "--epochs", 4).status()).isZero();
    assertThat(TrainTest.weights(halves)).isEqualTo(TrainTest.weights(whole));
  }

  @Test
  void anAugmentedInputIsOneThatTheNetworkItselfChanges() throws IOException {
    String plain = Files.readString(model).replace(" |> dropout(0.5) |> gaussian_noise", "");
    Files.writeString(model, plain.replace("x |> dense", "x |> gaussian_noise(0.2) |> dense"));
    byte[] changed = TrainTest.weights(train("changed"));
    Files.writeString(model, plain.replace("batch ", "augment gaussian_noise(0.2) on x\n  batch "));
    assertThat(TrainTest.weights(train("augmented"))).isEqualTo(changed);
    Files.writeString(model, plain);
    assertThat(TrainTest.weights(train("plain"))).isNotEqualTo(changed);
  }

  @Test
  void gradientsAreCheckedInTraining() {
    assertThat(nnc("gradcheck", model).status()).isZero();
  }
}
