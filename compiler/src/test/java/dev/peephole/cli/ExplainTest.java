package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code nnc explain}: what it writes where, and what it says of models with errors. */
class ExplainTest extends CommandTest {
  private static final String BROKEN =
      "network A { input x: [2]\n target y: [1]\n output p = dens(x, 1)\n loss mse(p, y)\n}\n";

  @Test
  void writesThePageOfANetwork() throws IOException {
    Path page = folder.resolve("xor.html");
    Outcome outcome = nnc("explain", XOR, "-o", page);
    assertThat(outcome).isEqualTo(new Outcome(0, page + System.lineSeparator(), ""));
    assertThat(Files.readString(page))
        .startsWith("<!doctype html>")
        .contains("output p = sigmoid(");
  }

  @Test
  void writesThePageOfTwo() throws IOException {
    Path other = write("other.nn", Files.readString(XOR).replace("tanh", "relu"));
    Path page = folder.resolve("both.html");
    Outcome outcome = nnc("explain", "--diff", other, XOR, "-o", page);
    assertThat(outcome).isEqualTo(new Outcome(0, page + System.lineSeparator(), ""));
    assertThat(Files.readString(page)).contains("other.nn", "xor.nn");
    nnc("explain", "--diff", other, XOR, "-o", folder.resolve("again.html"));
    assertThat(folder.resolve("again.html")).hasSameBinaryContentAs(page);
  }

  /** Three units to read; the code is that of the sixteen. */
  @Test
  void showsASmallerNetworkBesideTheCode() throws IOException {
    Path model =
        write(
            "sized.nn",
            """
            const hidden = 8 * 2
            const layers = 2
            network A {
              input x: [2]
              target y: [1]
              output p = x |> repeat(layers, dense(hidden) |> tanh) |> dense(1)
              loss mse(p, y)
            }
            """);
    Path page = folder.resolve("small.html");
    assertThat(nnc("explain", model, "--small", "hidden=3", "-o", page).status()).isZero();
    assertThat(Files.readString(page))
        .contains("those of a smaller network: hidden = 3 (in the code 8 * 2).")
        .contains("\"shape\":\"[N, 3]\"", "N, 16)", "const hidden = 8 * 2")
        .doesNotContain("\"shape\":\"[N, 16]\"", "N, 3)");
    assertThat(nnc("explain", model, "--small", "hiden=3", "-o", page).err())
        .contains("sized.nn: declares no constant hiden", "hidden");
    assertThat(nnc("explain", model, "--small", "layers=1", "-o", page).err())
        .contains("with these constants the network has other equations");
    assertThat(nnc("explain", model, "--small", "hidden=0", "-o", page).err())
        .contains("sized.nn:");
  }

  @Test
  void errorsInEitherModelAreTold() throws IOException {
    Path broken = write("broken.nn", BROKEN);
    Path page = folder.resolve("both.html");
    for (Outcome outcome :
        new Outcome[] {
          nnc("explain", "--diff", broken, XOR, "-o", page),
          nnc("explain", "--diff", XOR, broken, "-o", page)
        }) {
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith("error")
          .contains("broken.nn:3:13", "did you mean dense?");
    }
    assertThat(page).doesNotExist();
  }

  @Test
  void aFileThatIsNotThereIsNoModel() {
    Outcome outcome = nnc("explain", "--diff", folder.resolve("no.nn"), XOR);
    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.err()).contains("no.nn").doesNotContain("internal error");
  }
}
