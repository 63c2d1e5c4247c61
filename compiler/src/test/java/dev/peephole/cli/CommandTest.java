package dev.peephole.cli;

import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in this process, each test in a folder of its own. */
abstract class CommandTest {
  static final Path SAMPLES = Path.of("..", "samples");
  static final Path XOR = SAMPLES.resolve("xor/xor.nn");

  /** Four flowers are enough where what is learnt does not matter. */
  static final String POINTS =
      """
      network Points {
        input  x: [2]
        target kind: class(2)
        logits = x |> dense(4) |> tanh |> dense(2)
        output p = softmax(logits)
        loss cross_entropy(logits, kind)
      }

      train Points {
        data        csv("points.csv") { x = columns "a", "b"   kind = column "kind" }
        standardize x
        batch       4
        epochs      60
        optimizer   adam(rate: 0.1)
        seed        3
      }
      """;

  @TempDir Path folder;

  /**
   * What a command did.
   *
   * @param out standard output
   * @param err standard error
   */
  record Outcome(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  /** Runs {@code nnc} with arguments that may be paths. */
  static Outcome nnc(Object... arguments) {
    return on(false, arguments);
  }

  /** The same on a terminal. */
  static Outcome nncOnTerminal(Object... arguments) {
    return on(true, arguments);
  }

  private static Outcome on(boolean terminal, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(utf8(out), utf8(err), terminal);
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = Nnc.run(console, args);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Writes a file into the test's folder. */
  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The model {@link #POINTS} and its data: two clouds of points. */
  Path points() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,kind\n");
    for (int k = 0; k < 40; k++) {
      int side = k % 2 == 0 ? 1 : -1;
      double wobble = (k * 7 % 10 - 4.5) / 20;
      csv.append(100 + side + wobble).append(',').append(side - wobble);
      csv.append(',').append(side > 0 ? "near" : "far").append('\n');
    }
    write("points.csv", csv.toString());
    return write("points.nn", POINTS);
  }
}
