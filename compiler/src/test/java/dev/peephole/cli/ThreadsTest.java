package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training with several threads, each with a shard of every batch. */
class ThreadsTest extends CommandTest {
  private static final Pattern LOSS = Pattern.compile("\"loss\":([-+.eE0-9]+)");

  private static final String SERIES =
      """
      network Waves {
        input  x: [*, 1]
        target y: [*, 1]
        output p = x |> lstm(128%s) |> dense(1)
        loss mse(p, y)
      }

      train Waves {
        data      csv("series.csv", series: "run") { x = column "x"   y = column "y" }
        epochs    2
        batch     20
        optimizer adam(rate: 0.01)
        clip norm 1
        %s
      }
      """;

  /** Series of different lengths. */
  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("run,x,y\n");
    for (int run = 0; run < 45; run++) {
      for (int t = 0; t < 12 + run % 17; t++) {
        csv.append("r").append(run).append(',').append(Math.sin(t * 0.7 + run));
        csv.append(',').append(Math.sin(t * 0.7 + run + 0.7)).append('\n');
      }
    }
    write("series.csv", csv.toString());
  }

  private List<Double> losses(Path model, int threads) {
    return losses(model, threads, "");
  }

  private List<Double> losses(Path model, int threads, String warnings) {
    Path run = model.resolveSibling("run-" + System.nanoTime());
    Outcome outcome = nnc("train", model, "--json", "--quiet", "-o", run, "--threads", threads);
    assertThat(outcome.err()).isEqualTo(warnings);
    return LOSS.matcher(outcome.out())
        .results()
        .map(MatchResult::group)
        .map(text -> Double.valueOf(text.substring(text.indexOf(':') + 1)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void examplesOfDifferentLengthsHaveTheLossesOfOneThread(int threads) throws IOException {
    Path model = write("waves.nn", SERIES.formatted("", ""));
    List<Double> alone = losses(model, 1);
    List<Double> together = losses(model, threads);
    assertThat(together).hasSameSizeAs(alone).hasSizeGreaterThan(1);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i), within(1e-4));
    }
    assertThat(together).isNotEqualTo(alone);
  }

  /** Batch statistics are joined; the last batch has fewer examples, and fewer than threads. */
  @Test
  void whatIsAcrossTheBatchHasTheLossesOfOneThread() throws IOException {
    Path model =
        write(
            "normed.nn",
            """
            layer normed(x: [n]) {
              param gain: [n] = 1
              state centre: [n] = 0
              centre = 0.9 * prev centre + 0.1 * mean(x, batch)
              x_centred = x - where(training, mean(x, batch), prev centre)
              return gain * x_centred / sqrt(var(x, batch) + 0.1)
            }

            network Waves {
              input  x: [1]
              target y: [1]
              output p = x |> dense(128) |> normed |> tanh |> dense(128) |> tanh |> dense(1)
              loss mse(p, y)
            }

            train Waves {
              data      csv("waves.csv") { x = column "x"   y = column "y" }
              epochs    2
              batch     21
              optimizer adam(rate: 0.01)
              regularize l2(1e-3)
            }
            """);
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int row = 0; row < 43; row++) {
      csv.append(row * 0.1).append(',').append(Math.sin(row * 0.3)).append('\n');
    }
    write("waves.csv", csv.toString());
    String warning =
        "warning: normed.nn: the last batch of each epoch has a single example, and means and"
            + " variances over the batch are then over that one\n"
            + "  hint: of 43 examples, batches of 22 leave no single one\n";
    List<Double> alone = losses(model, 1, warning);
    List<Double> together = losses(model, 3, warning);
    assertThat(together).isEqualTo(losses(model, 3, warning)).isNotEqualTo(alone);
    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i), within(1e-5));
    }
  }

  /** The noise is that of the number of threads. */
  @Test
  void withDropoutTheSameThreadsGiveTheSameBits() throws IOException {
    Path model = write("noisy.nn", SERIES.formatted(", dropout: 0.3", "regularize l2(1e-4)"));
    assertThat(losses(model, 2)).isEqualTo(losses(model, 2));
  }

  @Test
  void statesAreCarriedOverByOneThread() throws IOException {
    Path model =
        write(
            "stateful.nn",
            """
            network Waves {
              input  x: [4, 1]
              target y: [4, 1]
              output p = x |> rnn(3) |> dense(1)
              loss mse(p, y)
            }

            train Waves {
              data      csv("series.csv", series: "run") { x = column "x"   y = x shifted 1 }
              window    4 step 4
              stateful
              epochs    1
              optimizer sgd()
            }
            """);
    Outcome outcome = nnc("train", model, "--threads", 2, "-o", model.resolveSibling("run"));
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "error: states are carried over from window to window by one thread\n"
                + "  hint: leave --threads away\n");
  }
}
