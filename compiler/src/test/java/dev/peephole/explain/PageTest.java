package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.Compilation;
import dev.peephole.driver.FirstStep;
import dev.peephole.driver.Network;
import dev.peephole.proof.Texts;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page as a file: nothing of a model is markup in it, and it is never too great. */
class PageTest {
  private static final int MOST_BYTES = 5_000_000;

  /** A model that would like to be part of the page. */
  static final String HOSTILE =
      """
      /// </script><img src=x onerror="hacked = true"><script>hacked = true</script>
      /// <!-- ${hacked} \u2028 /* data */
      network Hostile {
        input  x: [2]     // </script><img src=x onerror="hacked = true">
        target y: [1]
        /// "]}</script><svg onload="hacked = true">
        output p = dense(x, 1)
        loss mse(p, y)
      }

      train Hostile {
        data      csv("</script><img src=x onerror=\\"hacked = true\\">.csv") { x = columns "<b>", "</pre>"   y = column "y" }
        optimizer sgd()
      }
      """;

  static String page(String text) {
    Compilation compilation = Texts.compile(text);
    assertThat(compilation.errors()).isEmpty();
    Network network = compilation.networks().get(0);
    return Page.of(compilation, network, FirstStep.madeUp(network, 1));
  }

  @Test
  void textOfTheModelIsNoMarkup() {
    String page = page(HOSTILE);
    String other = page(HOSTILE.replace("<", "").replace("/* data */", ""));
    assertThat(page).doesNotContain("<img", "<svg", "<b>", "\u2028");
    assertThat(count(page, "<")).isEqualTo(count(other, "<"));
  }

  private static long count(String text, String sign) {
    return text.split(sign, -1).length;
  }

  @Test
  void asksForNothingElse() {
    String page =
        page(
            "network A { input x: [2]\n target y: [1]\n output p = dense(x, 1)\n loss mse(p, y)\n}\n");
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("src=", "https://", "@import", "url(", "fetch(", "import(");
  }

  @Test
  void sameModelSamePage() {
    assertThat(page(HOSTILE)).isEqualTo(page(HOSTILE));
  }

  /** Twenty layers of 16 units. */
  static String deep() {
    StringBuilder model = new StringBuilder("network Deep {\n  input x: [16]\n  target y: [1]\n");
    model.append("  h0 = x\n");
    IntStream.range(0, 20)
        .forEach(i -> model.append("  h%s = tanh(dense(h%s, 16))\n".formatted(i + 1, i)));
    model.append("  output p = dense(h20, 1)\n  loss mse(p, y)\n}\n");
    return model.toString();
  }

  /** An LSTM over 500 time steps. */
  static final String LONG =
      """
      network Long {
        input x: [500, 3]
        target y: [1]
        output p = x |> lstm(16, peepholes: true) |> last |> dense(1)
        loss mse(p, y)
      }
      """;

  @Test
  void twentyLayersStayUnderFiveMegabytes() {
    assertThat(page(deep()).length()).isLessThan(MOST_BYTES);
  }

  @Test
  void fiveHundredTimeStepsStayUnderFiveMegabytes() {
    assertThat(page(LONG).length()).isLessThan(MOST_BYTES);
  }
}
