package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code nnc train}, {@code eval} and {@code predict}, and the run folder between them. */
class TrainTest extends CommandTest {
  private static final String ROOT =
      """
      %snetwork Root {
        input x: %s
        target y: [1]

        output p = %s
        loss mse(p, y)
      }

      train Root {
        data      csv("zero.csv") { x = column "x"   y = column "y" }
        epochs    3
        optimizer sgd(rate: 0.1)
      }
      """;

  @Test
  void leavesARunFolder() throws IOException {
    Path run = folder.resolve("run");
    Outcome trained = nnc("train", XOR, "-o", run, "--epochs", 3);
    assertThat(trained.status()).isZero();
    assertThat(trained.err().lines()).hasSize(3).allMatch(line -> line.startsWith("epoch "));
    assertThat(trained.lines().get(0)).contains("loss", "accuracy");
    assertThat(trained.lines()).last().isEqualTo(run.toString());
    assertThat(filesIn(run))
        .containsExactly(
            ".lock",
            "checkpoint.safetensors",
            "java/Xor.java",
            "java/XorTextbook.java",
            "java/XorTraining.java",
            "log.jsonl",
            "report.html",
            "report/confusion.csv",
            "report/epochs.csv",
            "report/histograms.csv",
            "report/parameters.csv",
            "report/regions.csv",
            "report/units.csv",
            "report/values.csv",
            "report/worst.csv",
            "weights.safetensors",
            "xor.nn");
    assertThat(run.resolve("xor.nn")).hasSameTextualContentAs(XOR);
  }

  @Test
  void eventsAreAllThatGoesToStandardOutput() {
    Outcome trained =
        nnc("train", XOR, "-o", folder.resolve("run"), "--epochs", 3, "--json", "--quiet");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.lines()).hasSize(4).allMatch(CheckTest::isObject);
    assertThat(trained.lines().get(0))
        .contains("\"event\":\"epoch\"", "\"epoch\":1,\"loss\":", "\"examples_per_second\":");
    assertThat(trained.lines().get(3))
        .contains("\"event\":\"result\",\"epochs\":3,\"loss\":", "\"accuracy\":", "\"run\":");
  }

  /** At h = 0 the derivative of the root is infinite, and that of the square 0: NaN at once. */
  @Test
  void saysWhichEquationOfTheBackwardPassIsNotFinite() throws IOException {
    write("zero.csv", "x,y\n0,1\n0,2\n");
    Path model = write("root.nn", ROOT.formatted("", "[1]", "sqrt(dense(x, 1) ^ 2)"));
    Outcome trained = nnc("train", model, "-o", folder.resolve("run"), "--quiet");
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err())
        .contains("error: root.nn:5: the gradient dense.W")
        .contains(" is not finite in epoch 1, at step 1 of the epoch and 1 of the run\n")
        .contains("in the backward pass: 1 / N · (p − y) / p\n")
        .contains("run holds no weights, because no epoch came to its end\n")
        .contains("  hint: no clipping helps where a derivative is infinite")
        .doesNotContain("clip norm");
    assertThat(folder.resolve("run/weights.safetensors")).doesNotExist();
  }

  @Test
  void saysWhichEquationOfACellIsNotFiniteInTheBackwardPass() throws IOException {
    write("zero.csv", "x,y\n0,1\n0,2\n");
    String cell =
        """
        cell rooted(x: [m]) {
          param W: [m, 1] = glorot_uniform
          state s: [1] = 0
          s = prev s + sqrt((x @ W) ^ 2)
          return s
        }
        """;
    Path model = write("root.nn", ROOT.formatted(cell, "[1, 1]", "last(rooted(x))"));
    assertThat(nnc("train", model, "-o", folder.resolve("run"), "--quiet").err())
        .contains("error: root.nn:4: the gradient rooted.W is not finite in epoch 1")
        .contains("in the backward pass: 0.5 · ds / ")
        .contains("  hint: no clipping helps where a derivative is infinite");
  }

  @Test
  void learnsXor() {
    Path run = folder.resolve("run");
    assertThat(nnc("train", XOR, "-o", run, "--quiet", "--json").lines())
        .last()
        .asString()
        .contains("\"accuracy\":1.0");
    assertThat(nnc("eval", XOR, "--weights", run.resolve("weights.safetensors"), "--json").out())
        .contains("\"event\":\"result\"", "\"accuracy\":1.0");
  }

  @Test
  void aRunGoesOnAsIfItHadNeverStopped() throws IOException {
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    nnc("train", XOR, "-o", whole, "--epochs", 6);
    nnc("train", XOR, "-o", halves, "--epochs", 3);
    Outcome resumed = nnc("train", XOR, "--resume", halves, "--epochs", 6);
    assertThat(resumed.status()).isZero();
    assertThat(resumed.err().lines()).hasSize(3);
    assertThat(weights(halves)).isEqualTo(weights(whole));
  }

  /** What is measured and written are the averages, and training goes on with the weights. */
  @Test
  void averagesGoOnAsIfTheRunHadNeverStopped() throws IOException {
    String text = Files.readString(XOR);
    Path plain = folder.resolve("plain");
    nnc("train", XOR, "-o", plain, "--epochs", 6, "--quiet");
    Path model =
        write(
            "averaged.nn", text.replaceFirst("( *)optimizer", "$1average decay 0.9\n$1optimizer"));
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    nnc("train", model, "-o", whole, "--epochs", 6, "--quiet");
    nnc("train", model, "-o", halves, "--epochs", 3, "--quiet");
    nnc("train", model, "--resume", halves, "--epochs", 6, "--quiet");
    assertThat(weights(halves)).isEqualTo(weights(whole)).isNotEqualTo(weights(plain));
    String logged = Files.readString(whole.resolve("log.jsonl"));
    String before = Files.readString(plain.resolve("log.jsonl"));
    assertThat(losses(logged)).isEqualTo(losses(before));
  }

  private static List<String> losses(String log) {
    return log.lines()
        .filter(line -> line.contains("\"epoch\""))
        .map(line -> line.replaceAll(".*\"loss\":([^,]*),.*", "$1"))
        .toList();
  }

  /** What a schedule knows of the epochs before is there again. */
  @Test
  void aRunWithAScheduleGoesOnAsIfItHadNeverStopped() throws IOException {
    Path model =
        write(
            "scheduled.nn",
            """
            network Scheduled {
              input  x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }
            train Scheduled {
              data      xor() { x = x   y = y }
              split     50 / 50
              optimizer sgd(rate: warm_up(on_plateau(2.5, factor: 0.5, patience: 1), steps: 3))
            }
            """);
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    nnc("train", model, "-o", whole, "--epochs", 8);
    nnc("train", model, "-o", halves, "--epochs", 4);
    Outcome resumed = nnc("train", model, "--resume", halves, "--epochs", 8);
    assertThat(resumed.err())
        .startsWith(
            "note: the run was to have 4 epochs, and now has 8; what depends on its progress");
    assertThat(weights(halves)).isEqualTo(weights(whole));
    List<String> rates =
        Files.readAllLines(whole.resolve("report/epochs.csv")).stream()
            .skip(1)
            .map(row -> row.split(",", -1)[5])
            .toList();
    assertThat(rates)
        .startsWith("0.8333333730697632", "1.6666667461395264", "2.5", "1.25")
        .doesNotHaveDuplicates();
    assertThat(Files.readString(halves.resolve("report/epochs.csv")))
        .isEqualTo(Files.readString(whole.resolve("report/epochs.csv")));
    Outcome other =
        nnc(
            "train",
            write("scheduled.nn", Files.readString(model).replace("2.5", "0.5")),
            "--resume",
            halves,
            "--epochs",
            9);
    assertThat(other.err())
        .contains("note: the optimizer was sgd(rate: warm_up(on_plateau(2.5,")
        .contains("and is sgd(rate: warm_up(on_plateau(0.5,");
  }

  @Test
  void leavesFilesForTensorBoard() throws IOException {
    Path run = folder.resolve("run");
    nnc("train", XOR, "-o", run, "--epochs", 2, "--quiet", "--tensorboard");
    Path events = run.resolve("tensorboard/training/events.out.tfevents");
    long two = Files.size(events);
    nnc("train", XOR, "--resume", run, "--epochs", 4, "--quiet");
    assertThat(Files.size(events)).as("a run goes on with them").isGreaterThan(two);
  }

  @Test
  void textbookCodeTrainsAlike() throws IOException {
    Path fast = folder.resolve("fast");
    Path textbook = folder.resolve("textbook");
    nnc("train", XOR, "-o", fast, "--epochs", 1, "--quiet", "--json");
    Outcome trained =
        nnc("train", XOR, "-o", textbook, "--epochs", 1, "--style", "textbook", "--quiet");
    assertThat(trained.status()).isZero();
    assertThat(filesIn(textbook))
        .contains("java/Xor.java", "java/XorTraining.java")
        .doesNotContain("java/XorTextbook.java");
    assertThat(Files.readString(textbook.resolve("java/Xor.java"))).contains("textbook style");
    assertThat(Files.readString(fast.resolve("java/Xor.java"))).contains("fast style");
  }

  @Test
  void importsGoIntoTheRunFolderAndNeverBeyondIt() throws IOException {
    write("layers/outer.nn", "layer outer(x: [n]) {\n  return dense(x, 1)\n}\n");
    write("models/near/inner.nn", "function twice(x) = x + x\n");
    Path model =
        write(
            "models/model.nn",
            """
            import "../layers/outer.nn"
            import "near/inner.nn"
            network A {
              input x: [2]
              target y: [1]
              output p = twice(outer(x))
              loss mse(p, y)
            }
            train A {
              data xor() { x = x   y = y }
              optimizer sgd(rate: 0.1)
            }
            """);
    Path run = folder.resolve("runs/A");
    assertThat(nnc("train", model, "-o", run, "--epochs", 1).status()).isZero();
    assertThat(filesIn(run)).contains("model.nn", "near/inner.nn", "up/layers/outer.nn");
    assertThat(filesIn(folder.resolve("layers"))).containsExactly("outer.nn");
  }

  @Test
  void predictsWhatItLearnt() throws IOException {
    Path model = points();
    Path run = folder.resolve("run");
    assertThat(nnc("train", model, "-o", run, "--quiet").status()).isZero();
    Path in = write("in.csv", "a,b\n101.1,0.9\n98.8,-1.2\n");
    Path weights = run.resolve("weights.safetensors");

    Outcome printed = nnc("predict", model, "--weights", weights, "--in", in);
    assertThat(printed.status()).isZero();
    assertThat(printed.err()).isEmpty();
    assertThat(printed.lines().get(0)).isEqualTo("p_0,p_1,kind");
    assertThat(printed.lines().get(1)).endsWith(",near");
    assertThat(printed.lines().get(2)).endsWith(",far");

    Files.delete(folder.resolve("points.csv"));
    Path out = folder.resolve("out.csv");
    Outcome written = nnc("predict", model, "--weights", weights, "--in", in, "--out", out);
    assertThat(written).as("training data is not needed").isEqualTo(new Outcome(0, "", ""));
    assertThat(Files.readString(out)).isEqualTo(printed.out());
  }

  @Test
  void predictionsNeedInputsAndWeights() throws IOException {
    Path model = points();
    Path run = folder.resolve("run");
    nnc("train", model, "-o", run, "--epochs", 1, "--quiet");
    Path weights = run.resolve("weights.safetensors");
    Path missing = folder.resolve("missing");
    assertThat(nnc("predict", model, "--weights", weights, "--in", missing))
        .isEqualTo(new Outcome(1, "", "error: " + missing + ": there is no such file\n"));
    Outcome noWeights = nnc("eval", model, "--weights", missing);
    assertThat(noWeights.status()).isEqualTo(1);
    assertThat(noWeights.err()).contains("missing: there is no such file");
    Outcome others = nnc("eval", XOR, "--weights", weights);
    assertThat(others.status()).isEqualTo(1);
    assertThat(others.err()).contains("weights.safetensors");
  }

  @Test
  void missingDataIsShownInTheModel() throws IOException {
    Path model = points();
    Files.delete(folder.resolve("points.csv"));
    Outcome trained = nnc("train", model, "-o", folder.resolve("run"), "--json");
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err())
        .contains("error[data]", "points.csv: there is no such file", "points.nn:10:")
        .endsWith("\n1 error\n");
    assertThat(trained.lines()).hasSize(1).allMatch(CheckTest::isObject);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aValueOutOfBoundsIsExplained() throws IOException {
    Path model =
        write(
            "wild.nn",
            """
            network Wild {
              input x: [2]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }

            train Wild {
              data xor() {
                x = x
                y = y
              }
              optimizer sgd(rate: 1e30)
              seed 1
            }
            """);
    Outcome trained = nnc("train", model, "-o", folder.resolve("run"), "--json", "--quiet");
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err()).startsWith("error: ").contains("wild.nn:", "the loss is", "hint: ");
    assertThat(trained.lines()).last().asString().startsWith("{\"event\":\"error\",\"message\":");
    assertThat(trained.lines()).allMatch(CheckTest::isObject);
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws IOException {
    Path file = write("file", "");
    Outcome trained = nnc("train", XOR, "-o", file.resolve("run"));
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err()).startsWith("error: " + file.resolve("run") + ": cannot be written");
    Outcome resumed = nnc("train", XOR, "--resume", folder);
    assertThat(resumed.status()).isEqualTo(1);
    assertThat(resumed.err()).startsWith("error: " + folder + ": holds no run to resume");
  }

  @Test
  void aNetworkWithoutAPlanIsNotTrained() throws IOException {
    Path model =
        write(
            "bare.nn",
            Files.readString(XOR)
                .lines()
                .takeWhile(l -> !l.startsWith("train"))
                .reduce("", (a, b) -> a + b + "\n"));
    Outcome trained = nnc("train", model, "-o", folder.resolve("run"));
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err())
        .isEqualTo(
            """
            error: %s: nothing says how to train Xor
              hint: add a plan: train Xor { data …  optimizer adam(rate: 0.001) }
            """
                .formatted(model));
  }

  @Test
  void ofSeveralNetworksOneIsChosen() throws IOException {
    String one = Files.readString(XOR);
    Path model = write("two.nn", one + one.replaceAll("\\bXor\\b", "Other"));
    Outcome first = nnc("train", model, "-o", folder.resolve("a"), "--epochs", 1, "--quiet");
    assertThat(first.err()).isEqualTo("note: of Xor, Other this is Xor; --network NAME chooses\n");
    assertThat(filesIn(folder.resolve("a"))).contains("java/Xor.java");

    Outcome second =
        nnc(
            "train",
            model,
            "-o",
            folder.resolve("b"),
            "--epochs",
            1,
            "--quiet",
            "--network",
            "Other");
    assertThat(second.err()).isEmpty();
    assertThat(filesIn(folder.resolve("b"))).contains("java/Other.java");

    Outcome third = nnc("train", model, "--network", "Othr");
    assertThat(third.status()).isEqualTo(1);
    assertThat(third.err()).contains("there is no network Othr", "did you mean Other?");
  }

  static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("weights.safetensors"));
  }

  /** The files below a folder, by their paths in it. */
  static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
