package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.peephole.explain.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports as their readers see them. */
class ReportInBrowserTest extends CommandTest {
  @TempDir static Path profile;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.start(profile);
  }

  @AfterEach
  void complainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Names that are markup, were they not text. */
  private Path strangers() throws IOException {
    String evil = "<script>document.title='taken'</script>";
    write(
        "points.csv",
        "<b>a</b>,b,kind\n0,1,\"%1$s\"\n1,0,x & y\n0,2,\"%1$s\"\n2,0,x & y\n".formatted(evil));
    Path run = folder.resolve("run");
    Path model = write("points.nn", POINTS.replace("\"a\"", "\"<b>a</b>\""));
    Outcome trained = nnc("train", model, "-o", run, "--quiet");
    assertThat(trained.status()).as(trained.err()).isZero();
    return run.resolve("report.html");
  }

  private Path sample(String name, int epochs) {
    Path run = folder.resolve(name);
    Path model = SAMPLES.resolve(name).resolve(name + ".nn");
    Outcome trained = nnc("train", model, "-o", run, "--epochs", epochs, "--quiet");
    assertThat(trained.status()).as(trained.err()).isZero();
    return run.resolve("report.html");
  }

  @Test
  void namesOfTheDataAreText() throws IOException {
    browser.size(1280, 900);
    browser.open(strangers(), "");
    assertThat(browser.driver().getTitle()).isEqualTo("Points: a training run");
    assertThat(browser.run("return document.querySelectorAll('script, b').length")).isEqualTo(0L);
    assertThat(browser.texts("#confusion-kind tbody th"))
        .containsExactly("<script>document.ti…", "x & y");
    assertThat(browser.texts("#regions .legend li"))
        .containsExactly("<script>document.title='taken'</script>", "x & y");
    assertThat(browser.texts("#regions .label")).contains("<b>a</b>", "b");
  }

  @Test
  void everyPictureHasASentenceAndATable() throws IOException {
    Path page = sample("reber", 2);
    browser.size(1280, 900);
    browser.open(page, "");
    List<String> titles = browser.texts("figure h3");
    assertThat(titles)
        .contains(
            "Loss",
            "sequence_accuracy",
            "Clipped gradients",
            "What is taken for what: possible",
            "The worst examples",
            "The gradient of s through time",
            "The gradient of c through time",
            "Gradients of parameters",
            "Dead and saturated units",
            "Values of f",
            "f over time");
    assertThat(browser.texts("figcaption")).hasSameSizeAs(titles).noneMatch(String::isBlank);
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('figure')].every(f =>"
                    + " f.querySelector('svg[role=img][aria-label]') || f.querySelector('table, ol'))"))
        .isEqualTo(true);
    List<?> tables =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll('figcaption a')].map(a =>"
                    + " a.getAttribute('href'))");
    assertThat(tables)
        .isNotEmpty()
        .allSatisfy(t -> assertThat(page.resolveSibling("" + t)).exists());
  }

  @Test
  void isAccessibleAndFitsSmallScreens() throws IOException {
    for (Path page : List.of(strangers(), sample("xor", 3))) {
      for (int width : new int[] {400, 1280}) {
        browser.size(width, 900);
        browser.open(page, "");
        assertThat(new AxeBuilder().analyze(browser.driver()).getViolations()).isEmpty();
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
            .isLessThanOrEqualTo((Long) browser.run("return innerWidth"));
      }
    }
  }
}
