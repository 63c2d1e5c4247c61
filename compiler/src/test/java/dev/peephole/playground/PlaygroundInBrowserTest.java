package dev.peephole.playground;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.peephole.explain.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The playground as somebody uses it who learns: with the mouse, and with the keyboard alone. */
@Timeout(60)
class PlaygroundInBrowserTest {
  @TempDir static Path folder;

  private static Browser browser;
  private static Playground playground;

  @BeforeAll
  static void start() {
    browser = Browser.start(folder.resolve("profile"));
    playground = Playground.start(Given.nothing(), 0);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      playground.close();
    }
  }

  @AfterEach
  void complainsOfNothing() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static void open(int width) {
    browser.size(width, 900);
    browser.open(playground.address());
    awaitStep(0);
  }

  private static void awaitStep(int step) {
    browser.await("document.querySelector('#figures dd')?.textContent === '" + step + "'");
  }

  private static void click(String selector) {
    browser.one(selector).click();
  }

  private static String figures() {
    return browser.one("#figures").getText();
  }

  @Test
  void whatIsTypedIsCompiled() {
    open(1280);
    click(".cm-line:nth-child(6)");
    browser.press(Keys.END);
    browser.driver().switchTo().activeElement().sendKeys(" |> tahn");
    browser.await("document.querySelector('#problems strong')");
    assertThat(browser.texts("#problems strong"))
        .containsExactly("model.nn:6: there is no name 'tahn' here");
    assertThat(browser.texts("#problems .hint")).containsExactly("hint: did you mean tanh?");
    assertThat(browser.texts(".cm-lintRange-error")).contains("tahn");
    for (int i = 0; i < 3; i++) {
      browser.press(Keys.BACK_SPACE);
    }
    browser.driver().switchTo().activeElement().sendKeys("anh");
    browser.await("!document.querySelector('#problems strong')");
    browser.await("document.querySelectorAll('.flow').length > 12");
  }

  @Test
  void aStepIsTakenAndTakenBack() {
    open(1280);
    String first = figures();
    click("#step");
    awaitStep(1);
    assertThat(figures()).isNotEqualTo(first);
    click("#reset");
    awaitStep(0);
    assertThat(figures()).isEqualTo(first);
    click("#start");
    browser.await("document.querySelector('#figures dd').textContent > 3");
    click("#start");
    browser.await("document.getElementById('start').textContent === 'Start'");
  }

  @Test
  void pointsAreDrawn() {
    open(1280);
    assertThat(browser.texts("#files li").get(0)).startsWith("points.csv, 64 rows");
    click("#draw button:nth-of-type(2)");
    click("#plane");
    browser.await("document.querySelector('#files li').textContent.includes('65 rows')");
    awaitStep(0);
    click("#draw button:nth-of-type(3)");
    browser.await("document.querySelector('#files li').textContent.includes('64 rows')");
  }

  @Test
  void aTableGetsAModelToBeginWith() throws IOException {
    open(1280);
    StringBuilder table = new StringBuilder("length,width,\"kind, of leaf\"\n");
    for (int i = 0; i < 20; i++) {
      table.append(i % 7).append(',').append(i % 5).append(i % 2 == 0 ? ",oak\n" : ",lime\n");
    }
    Path file = Files.writeString(folder.resolve("leaves.csv"), table);
    browser.one("#add").sendKeys(file.toString());
    browser.await("document.querySelector('#files li')?.textContent.startsWith('leaves.csv')");
    browser.await(
        "document.querySelector('#outcome figcaption')?.textContent.includes('training')");
    assertThat(browser.texts("#problems strong")).isEmpty();
    assertThat(browser.texts(".cm-line")).contains("target y: class(2)");
    click("#step");
    awaitStep(1);
  }

  @Test
  void anAddressIsAState() {
    open(1280);
    click("#step");
    awaitStep(1);
    click("#step");
    awaitStep(2);
    browser.await("location.hash.length > 100");
    click("#share");
    browser.await("document.getElementById('status').textContent.includes('link')");
    String figures = figures();
    String address = browser.driver().getCurrentUrl();
    browser.open(URI.create(address));
    awaitStep(2);
    assertThat(figures()).isEqualTo(figures);
  }

  @Test
  void theKeyboardIsEnough() {
    open(1280);
    browser.run("document.getElementById('step').focus()");
    browser.press(Keys.ENTER);
    awaitStep(1);
    browser.run("document.querySelector('.parameter canvas').focus()");
    browser.press(Keys.ARROW_RIGHT);
    browser.press(Keys.ARROW_RIGHT);
    browser.await("document.querySelector('#pointed .update')");
    assertThat(browser.texts("#pointed h2").get(0)).startsWith("W1[0, 1]");
    assertThat(browser.texts("#tip").get(0)).startsWith("W1[0, 1] = ");
    assertThat(browser.texts("#pointed pre").get(1)).contains("// dW1 = xᵀ · dz1", "multiply(");
    assertThat(browser.texts(".cm-line.marked")).containsExactly("h = x |> dense(6) |> tanh");
    assertThat(browser.texts(".flow.chosen")).hasSize(1);
    browser.run("document.querySelector('#pointed > button').focus()");
    browser.press(Keys.ENTER);
    browser.driver().switchTo().frame(browser.one("#inside iframe"));
    browser.await("document.querySelector('#example')?.textContent.includes('step 2 of the')");
    browser.driver().switchTo().defaultContent();
  }

  @Test
  void aSeriesIsForecast() {
    open(1280);
    browser.run(
        "const list = document.getElementById('examples'); list.value = 3;"
            + "list.dispatchEvent(new Event('change'))");
    browser.await(
        "document.querySelector('#outcome figcaption')?.textContent.includes('should be')");
    assertThat(browser.texts(".loop-begin")).containsExactly("at each time step, lstm");
  }

  @Test
  void everybodyCanReadIt() {
    open(1280);
    for (int width : new int[] {1280, 400}) {
      browser.size(width, 900);
      browser.theme(width == 400 ? "dark" : "light");
      assertThat(new AxeBuilder().analyze(browser.driver()).getViolations())
          .extracting(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
          .isEmpty();
      assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
    }
  }
}
