package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.peephole.driver.Compilation;
import dev.peephole.proof.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page of two networks as its readers use it. */
class ComparisonInBrowserTest {
  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.start(folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(String left, String right, int width) throws IOException {
    Compilation one = Texts.compile(left);
    Compilation other = Texts.compile(right);
    String page = Page.of(one, one.networks().get(0), other, other.networks().get(0));
    browser.size(width, 900);
    browser.open(Files.writeString(folder.resolve("page.html"), page), "");
    assertThat(browser.complaints()).isEmpty();
  }

  private static String lstm(String options) {
    return """
        network A {
          input x: [*, 2]
          target y: [1]
          output p = x |> lstm(2%s) |> last |> dense(1)
          loss mse(p, y)
        }
        """
        .formatted(options);
  }

  @Test
  void showsWhatDiffersAndFoldsTheRest() throws IOException {
    show(lstm(""), lstm(", peepholes: true"), 1280);
    assertThat(browser.texts(".beside.changed[data-id='lstm.i'] .right .mark")).isNotEmpty();
    assertThat(browser.texts(".beside.new[data-id='dp_i'] .right")).hasSize(1);
    assertThat(browser.texts(".beside.same[data-id='lstm.g']")).isEmpty();
    browser.run("document.getElementById('unfold').focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.texts(".beside.same[data-id='lstm.g']")).hasSize(1);
    browser.one("[aria-controls=text-textbook]").click();
    assertThat(browser.texts("#text-textbook .changed .right")).isNotEmpty();
    browser.one("[aria-controls=text-opencl]").click();
    assertThat(browser.texts("#text-textbook .changed")).isEmpty();
    assertThat(browser.texts("#text-opencl .changed")).isNotEmpty();
  }

  /** Also what is the same in both, which is unfolded for it. */
  @Test
  void aSelectionMarksEquationsAndLinesOfBothNetworks() throws IOException {
    show(lstm(""), lstm(", peepholes: true"), 1280);
    browser.one("[aria-controls=text-textbook]").click();
    browser.one(".beside[data-id='lstm.i'] .right a").click();
    assertThat(browser.address()).isEqualTo("#lstm.i");
    assertThat(chosenLines("left"))
        .first()
        .asString()
        .startsWith("// i = σ(x_tW_i + sPrevU_i + b_i) ");
    assertThat(chosenLines("right"))
        .first()
        .asString()
        .startsWith("// i = σ(x_tW_i + sPrevU_i + b_i + cPrev ⊙ p_i)");
    browser.run("location.hash = '#lstm.g'");
    browser.await("document.querySelector(\"[data-id='lstm.g'] .chosen\")");
    assertThat(browser.texts("[data-id='lstm.g'] .chosen")).hasSize(2);
    assertThat(chosenLines("left")).isEqualTo(chosenLines("right")).isNotEmpty();
    browser.run("document.querySelector('#text-textbook .right .chosen[role]').focus()");
    browser.press(Keys.ARROW_UP);
    assertThat(browser.address()).isEqualTo("#lstm.sPrevU_g");
    browser.one("[aria-controls=text-model]").click();
    browser.one("#text-model .right [data-address]").click();
    assertThat(browser.address()).isEqualTo("#right:4");
    assertThat(browser.texts("#equations .chosen")).isNotEmpty();
  }

  private static List<String> chosenLines(String side) {
    return browser.texts("#texts ." + side + " .row.chosen");
  }

  /** A small page, as all parts of it are looked through; what is folded away is like the rest. */
  @ParameterizedTest
  @CsvSource({"1280, light", "400, dark"})
  void isAccessible(int width, String theme) throws IOException {
    show(dense("tanh"), dense("relu"), width);
    browser.theme(theme);
    assertThat(new AxeBuilder().analyze(browser.driver()).getViolations()).isEmpty();
  }

  private static String dense(String activation) {
    return """
        network A {
          input x: [2]
          target y: [1]
          output p = x |> dense(2) |> %s |> dense(1)
          loss mse(p, y)
        }
        """
        .formatted(activation);
  }

  @Test
  void fitsOnASmallScreen() throws IOException {
    show(dense("tanh"), dense("relu"), 400);
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    assertThat(browser.texts(".beside")).isNotEmpty();
  }

  @Test
  void textOfTheModelsDoesNothing() throws IOException {
    show(PageTest.HOSTILE, PageTest.HOSTILE.replace("dense(x, 1)", "tanh(dense(x, 1))"), 1280);
    browser.one("#unfold").click();
    assertThat(browser.run("return typeof hacked")).isEqualTo("undefined");
    assertThat(browser.run("return document.querySelectorAll('img, svg, b').length")).isEqualTo(0L);
  }
}
