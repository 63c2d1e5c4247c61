package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of networks that the compiler wrote, beside numbers worked out by hand. */
class RunReportTest extends CommandTest {
  private static final int STEPS = 6;
  private static final double[][] SERIES = {{1, 2, 3, 4, 5, 6}, {-1, 0, 2, 0, -1, 3}};
  private static final double[] WANTED = {2, -4};

  /** s = w · s[t − 1] + x, whose gradient is known. */
  private static final String MEMORY =
      """
      cell leaky(x: [1]) {
        param w: [1] = 0.5
        state s: [1] = 0
        s = w * prev s + x
        return s
      }

      network Memory {
        input  x: [6, 1]
        target y: [1]
        h = leaky(x)
        output p = last(h)
        loss mse(p, y)
      }

      train Memory {
        data      csv("memory.csv") { x = columns "a", "b", "c", "d", "e", "f"   y = column "y" }
        batch     2
        epochs    1
        %soptimizer sgd(rate: 1e-30)
      }
      """;

  private Path trained(String text) throws IOException {
    write("memory.csv", "a,b,c,d,e,f,y\n1,2,3,4,5,6,2\n-1,0,2,0,-1,3,-4\n");
    Path run = folder.resolve("run");
    Outcome outcome = nnc("train", write("memory.nn", text), "-o", run, "--quiet");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return run;
  }

  private static List<String[]> rows(Path run, String table) throws IOException {
    return Files.readAllLines(run.resolve("report/" + table + ".csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static double[] states(double[] x) {
    double[] s = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      s[t] = x[t] + (t == 0 ? 0 : 0.5 * s[t - 1]);
    }
    return s;
  }

  /** ∂loss / ∂s before step t is 2 (s at the end − y) · wᵗ⁰ with t⁰ steps to the end. */
  @Test
  void gradientsThroughTimeAreThoseOfTheFormula() throws IOException {
    List<String[]> rows = rows(trained(MEMORY.formatted("")), "backflows");
    assertThat(rows).hasSize(2 * STEPS); // before and after the only epoch
    for (int t = 1; t <= STEPS; t++) {
      double squares = 0;
      for (int n = 0; n < 2; n++) {
        double end = states(SERIES[n])[STEPS - 1];
        squares += Math.pow(2 * (end - WANTED[n]) * Math.pow(0.5, STEPS - t + 1), 2);
      }
      String[] row = rows.get(t - 1);
      assertThat(row).startsWith("0", "s", Integer.toString(t));
      assertThat(Double.parseDouble(row[3])).isEqualTo(Math.sqrt(squares / 2), within(1e-5));
    }
  }

  @Test
  void statesOverTimeAreThoseOfTheFormula() throws IOException {
    List<String[]> rows = rows(trained(MEMORY.formatted("")), "activity");
    double[] s = states(SERIES[0]);
    assertThat(rows).hasSize(STEPS);
    for (int t = 0; t < STEPS; t++) {
      assertThat(rows.get(t)).startsWith("s", "0", Integer.toString(t + 1));
      assertThat(Double.parseDouble(rows.get(t)[3])).isEqualTo(s[t], within(1e-5));
    }
  }

  @Test
  void saysWhereGradientsAreCut() throws IOException {
    String page =
        Files.readString(trained(MEMORY.formatted("truncate 2\n  ")).resolve("report.html"));
    assertThat(page).contains("Gradients are cut every 2 steps: none crosses a dashed line.");
  }

  @Test
  void showsWhatAugmentationMakesOfPictures() throws IOException {
    Path run =
        trained(
            """
            function inverted(x) = 1 - x
            network Drawn {
              input  image: [28, 28, 1]
              target digit: class(10)
              logits = image |> flatten |> dense(10)
              output p = softmax(logits)
              loss cross_entropy(logits, digit)
            }
            train Drawn {
              data      digits(examples: 20, noise: 0) { image = image   digit = label }
              augment   inverted
              epochs    1
              optimizer adam()
            }
            """);
    String page = Files.readString(run.resolve("report.html"));
    String pictures = page.substring(page.indexOf("What training is shown"));
    String[] parts = pictures.split("aria-label=\"", 6);
    assertThat(parts[1]).startsWith("the input image");
    for (int step = 2; step <= 4; step++) {
      assertThat(parts[step]).startsWith("image in training");
      assertThat(black(parts[step])).as("where there was paper").isGreaterThan(black(parts[1]));
    }
    assertThat(parts[5]).startsWith("the input image");
  }

  private static int black(String picture) {
    return picture.split("fill-opacity=\"1.0", -1).length;
  }

  /** What is looked into is the textbook code, whatever trains. */
  @Test
  void isTheSameInBothStyles() throws IOException {
    for (String style : List.of("fast", "textbook")) {
      Path run = folder.resolve(style);
      nnc("train", XOR, "-o", run, "--epochs", 1, "--quiet", "--style", style);
    }
    Path fast = folder.resolve("fast/report/values.csv");
    assertThat(Files.readAllLines(folder.resolve("textbook/report/values.csv")).subList(0, 3))
        .isEqualTo(Files.readAllLines(fast).subList(0, 3));
    assertThat(rows(folder.resolve("fast"), "values").get(0)).startsWith("0", "h");
  }

  /** One unit of relu gets nothing but negative numbers. */
  @Test
  void namesDeadUnits() throws IOException {
    write("memory.csv", "a,b,y\n1,2,2\n2,1,3\n");
    String text =
        """
        network Rectified {
          input  x: [2]
          target y: [1]
          param  W: [2, 2] = 1
          h = relu(x @ W - concat(stop_gradient(0 * x[0 .. 1]) + 100, 0 * x[0 .. 1]))
          output p = dense(h, 1)
          loss mse(p, y)
        }

        train Rectified {
          data      csv("memory.csv") { x = columns "a", "b"   y = column "y" }
          epochs    1
          optimizer sgd(rate: 1e-30)
        }
        """;
    Path run = folder.resolve("run");
    Outcome outcome = nnc("train", write("r.nn", text), "-o", run, "--quiet");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(rows(run, "values")).last().satisfies(row -> assertThat(row[11]).isEqualTo("1"));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("1 of the 2 units of h is dead for 2 training examples looked at.");
  }
}
