package dev.peephole.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.peephole.proof.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page as its readers use it: with the mouse, with the keyboard alone, on small screens. */
class PageInBrowserTest {
  @TempDir static Path folder;

  private static Browser browser;
  private static Path reber;
  private static Path fever;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start(folder.resolve("profile"));
    reber = written("reber.nn");
    fever = written("fever.nn");
  }

  private static Path written(String sample) throws IOException {
    Path model =
        Texts.samples().stream()
            .filter(file -> file.getFileName().toString().equals(sample))
            .findFirst()
            .orElseThrow();
    Path page = folder.resolve(sample + ".html");
    return Files.writeString(page, PageTest.page(Texts.read(model)));
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

  private static List<String> chosen(String pane) {
    return browser.texts("#" + pane + " .row.chosen");
  }

  @Test
  void anAddressShowsAnEquationInAllPanes() {
    browser.size(1280, 900);
    browser.open(reber, "#lstm.i");
    assertThat(chosen("sources"))
        .anyMatch(line -> line.startsWith("h = one_hot(symbol) |> lstm("))
        .anyMatch(line -> line.startsWith("i = sigmoid("));
    assertThat(chosen("code").get(0)).startsWith("// i = σ(");
    assertThat(browser.texts("#equations .more")).hasSize(1);
    assertThat(browser.texts("#equations .near")).isNotEmpty();
    assertThat(
            browser.run(
                "return document.querySelector('#code .chosen').getBoundingClientRect().top"))
        .satisfies(top -> assertThat(((Number) top).doubleValue()).isBetween(50.0, 880.0));
  }

  @Test
  void clicksAreInTheHistory() {
    browser.size(1280, 900);
    browser.open(fever, "");
    browser.one("a.formula[href='#xW1']").click();
    assertThat(
            browser.run(
                "return document.querySelector('.more [role=img].rule:last-of-type').ariaLabel"))
        .isEqualTo("W1 ← −√(6 / (2 + 8)) + 2 · √(6 / (2 + 8)) · W1");
    browser.one("a.formula[href='#dW1']").click();
    assertThat(browser.address()).isEqualTo("#dW1");
    assertThat(chosen("code")).last().asString().contains("multiply", "dW1");
    browser.one("#sources .part[data-address='test.nn:9']").click();
    assertThat(browser.address()).isEqualTo("#test.nn:9");
    assertThat(browser.texts("#equations .chosen > .formula")).hasSize(2);
    browser.driver().navigate().back();
    assertThat(browser.address()).isEqualTo("#dW1");
    assertThat(chosen("code")).hasSize(2);
  }

  @Test
  void codeInAllStylesBelongsToAnEquation() {
    browser.size(1280, 900);
    browser.open(fever, "#dh");
    browser.one("#code [aria-controls=file-fast]").click();
    assertThat(chosen("code")).isNotEmpty();
    browser.one("#code [aria-controls=file-opencl]").click();
    assertThat(chosen("code")).anyMatch(line -> line.startsWith("kernel "));
  }

  @Test
  void theKeyboardIsEnough() {
    browser.size(1280, 900);
    browser.open(fever, "");
    browser.run("document.querySelector('#equations .formula').focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.address()).isEqualTo("#xW1");
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.address()).isEqualTo("#dW1");
    browser.press(Keys.ARROW_UP);
    assertThat(browser.address()).isEqualTo("#xW1");
    browser.run("document.querySelector('#code [tabindex=\"0\"].part').focus()");
    browser.press(Keys.ENTER);
    assertThat(browser.address()).isEqualTo("#xW1");
    assertThat(browser.run("return document.activeElement.closest('section').id"))
        .isEqualTo("code");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.address()).isEqualTo("#z");
  }

  @Test
  void theGraphUnfoldsByKeyboard() {
    browser.size(1280, 900);
    browser.open(reber, "#lstm.i");
    browser.one("[aria-controls=graph]").click();
    assertThat(browser.texts("#graph .node.chosen .name")).containsExactly("lstm");
    browser.run("document.querySelector('#graph [aria-label=\"Unfold lstm\"]').focus()");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.texts("#graph .node.chosen:not(.unfolded) .name")).containsExactly("i");
    browser.one("#graph a[href='#lstm.f']").click();
    assertThat(browser.address()).isEqualTo("#lstm.f");
    assertThat(browser.run("return document.querySelector('#graph-formulas a').ariaLabel"))
        .asString()
        .startsWith("f = σ(");
    assertThat(chosen("code").get(0)).startsWith("// f = σ(");
    browser.run("document.querySelector('#graph [aria-label=\"Fold lstm\"]').focus()");
    browser.press(Keys.ARROW_LEFT);
    assertThat(browser.texts("#graph .node .node")).isEmpty();
    browser.one("#graph [aria-label='Source of lstm']").click();
    assertThat(browser.texts("#sources .row")).anyMatch(line -> line.startsWith("cell lstm("));
  }

  /** Nodes beside one another do not overlap, and edges go down; unfolded as far as can be. */
  @ParameterizedTest
  @ValueSource(strings = {"reber.nn", "tagger.nn", "mlp.nn"})
  void theGraphIsNotATangle(String sample) throws IOException {
    browser.size(1280, 900);
    browser.open(written(sample), "");
    browser.one("[aria-controls=graph]").click();
    browser.one(".graph-tools button").click();
    assertThat(browser.run("return document.querySelectorAll('.fold').length"))
        .isEqualTo(browser.run("return document.querySelectorAll('.node.unfolded').length"));
    assertThat(
            browser.run(
                "const overlapping = [];"
                    + "for (const node of document.querySelectorAll('.graph .node')) {"
                    + "  for (const other of node.parentElement.querySelectorAll(':scope > .node')) {"
                    + "    const [a, b] = [node, other].map(e => e.getBoundingClientRect());"
                    + "    if (node !== other && a.left < b.right && b.left < a.right"
                    + "        && a.top < b.bottom && b.top < a.bottom) {"
                    + "      overlapping.push(node.innerText + ' and ' + other.innerText);"
                    + "    }"
                    + "  }"
                    + "} return overlapping;"))
        .isEqualTo(List.of());
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('.graph .edge')].filter(edge =>"
                    + " edge.getPointAtLength(0).y"
                    + " >= edge.getPointAtLength(edge.getTotalLength()).y).length"))
        .isEqualTo(0L);
  }

  @Test
  void formulasShowShapes() {
    browser.size(1280, 900);
    browser.open(fever, "");
    browser.one("#depths [value=shapes]").click();
    assertThat(browser.texts("a[href='#dW1'] .shape"))
        .containsExactly("[2, 8]", "[N, 2]", "[N, 8]");
  }

  /** p = 3 · 2 + 1 = 7 against y = 5: the loss is 4, and dp = 2 (7 − 5) = 4, dw = 4 · 2 = 8. */
  @Test
  void numbersFollowWhatIsChanged() throws IOException {
    Path page = folder.resolve("line.html");
    Files.writeString(
        page,
        PageTest.page(
            "network Line { input x: [1]\n target y: [1]\n output p = dense(x, 1)\n loss mse(p, y)\n}\n"));
    browser.size(1280, 900);
    browser.open(page, "#xW");
    changeFirst("x", 2);
    changeFirst("W", 3);
    assertThat(browser.run("return peephole.numbers('xW')")).isEqualTo(List.of(6L));
    browser.one("a.formula[href='#p']").click();
    changeFirst("b", 1);
    browser.one("#equations a.formula[href='#loss']").click();
    changeFirst("y", 5);
    assertThat(browser.run("return peephole.numbers('dW')")).isEqualTo(List.of(8L));
    assertThat(browser.one("#loss").getText()).startsWith("loss = 4 (was ");
    browser.one("a.formula[href='#dW']").click();
    assertThat(browser.texts(".of-numbers .numbers").get(0)).isEqualTo("dW[0, 0] = 2 · 4 = 8");
    assertThat(browser.texts(".of-numbers .slope").get(0))
        .startsWith("by nudging W[0, 0] ± 0.0001: 8,");
  }

  /** Chooses the only number of a value in the tables, and says what it is to be. */
  private static void changeFirst(String value, int to) {
    browser.one("[role=grid][aria-label^='" + value + " '] [role=gridcell]").click();
    browser.one(".what-if input").clear();
    browser.one(".what-if input").sendKeys(String.valueOf(to), Keys.ENTER);
  }

  @Test
  void gradientsAreDotsUntilTheyAreComputed() {
    browser.size(1280, 900);
    browser.open(reber, "");
    browser.run("document.getElementById('step').focus()");
    browser.press(Keys.HOME);
    assertThat(browser.texts("#where").get(0)).startsWith("0 of ");
    browser.one("#on").click();
    assertThat(browser.address()).isEqualTo("#symbol_t");
    browser.run("document.getElementById('step').focus()");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.one("#where").getText()).startsWith("2 of ");
    browser.one("a.formula[href='#lstm.i']").click();
    assertThat(cells("i")).isNotEmpty().allMatch("·"::equals);
    browser.run("document.getElementById('step').focus()");
    browser.press(Keys.END);
    browser.one("a.formula[href='#lstm.i']").click();
    assertThat(cells("i")).isNotEmpty().noneMatch("·"::equals);
  }

  /** The numbers of a value at all time steps, as they stand in its table. */
  private static List<String> cells(String value) {
    List<?> texts =
        (List<?>)
            browser.run(
                "return [...document.querySelectorAll(\"[role=grid][aria-label^='"
                    + value
                    + " at'] .cell\")].map(cell => cell.textContent)");
    return texts.stream().map(Object::toString).toList();
  }

  /** Backward steps begin with a question; what is asked for is a dot until one looks. */
  @Test
  void asksWhatWillComeOut() {
    browser.size(400, 900);
    browser.open(fever, "");
    browser.run(
        "const backward = [...document.querySelectorAll('.right')].length;"
            + "const step = document.getElementById('step');"
            + "step.value = step.max - backward;"
            + "step.dispatchEvent(new Event('input'))");
    browser.one("#on").click();
    assertThat(browser.texts("#asked").get(0)).matches("What will dz?\\w+(\\[.*])? be\\?");
    assertThat(browser.texts(".of-numbers .numbers").get(0)).endsWith("= ·");
    browser.press(Keys.NUMPAD1);
    browser.press(Keys.ENTER);
    assertThat(browser.one("#question").isDisplayed()).isFalse();
    assertThat(browser.one("#answer").getText()).contains("; you said 1: ");
    assertThat(browser.texts(".of-numbers .numbers").get(0))
        .doesNotContain("·  =")
        .matches(".*= −?[0-9.].*");
    browser.one("#ask").click();
    browser.one("#on").click();
    assertThat(browser.one("#question").isDisplayed()).isFalse();
  }

  /** The gradient is 8, so that a rate of 0.1 takes 0.8 off a weight of 3. */
  /** A frame says what a number of a feature map saw; a click on a pixel chooses another. */
  @Test
  void featureMapsAndKernelsArePictures() throws IOException {
    Path page = folder.resolve("maps.html");
    Files.writeString(
        page,
        PageTest.page(
            """
            network Maps {
              input image: [8, 8, 2]
              target y: [1]
              output p = image |> conv2d(3, 3) |> flatten |> dense(1)
              loss mse(p, y)
            }
            """));
    browser.size(1280, 900);
    browser.open(page, "#z");
    assertThat(browser.run("return [...document.querySelectorAll('canvas')].map(c => c.ariaLabel)"))
        .asList()
        .containsExactly(
            "z as pictures: 3 of 6 × 6",
            "image as pictures: 2 of 8 × 8",
            "W1 as pictures: 3 × 2 of 3 × 3");
    browser.run(
        """
        const canvas = document.querySelector('canvas');
        canvas.scrollIntoView({ block: 'center' });
        const at = canvas.getBoundingClientRect();
        canvas.dispatchEvent(new MouseEvent('click', { bubbles: true,
          clientX: at.left + 64 + 2 + 4 * 10 + 5, clientY: at.top + 2 + 3 * 10 + 5 }));
        """);
    assertThat(browser.texts("#equations .more .numbers").get(0)).startsWith("z[3, 4, 1] = ");
    assertThat(
            browser.run(
                """
                const image = document.querySelectorAll('canvas')[1];
                const { data } = image.getContext('2d').getImageData(0, 0, image.width, image.height);
                const start = (x, y) => 4 * ((2 + 10 * y) * image.width + 2 + 10 * x);
                const at = (x, y) => data.slice(start(x, y), start(x, y) + 4).join();
                return [at(5.5, 3), at(5.5, 6), at(4, 4.5), at(7, 4.5)];
                """))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .as("a frame around three by three pixels")
        .containsOnly(
            browser.run(
                """
                const picture = document.querySelectorAll('canvas')[2].getContext('2d');
                return picture.getImageData(2 + 34 + 15, 2, 1, 1).data.join();
                """));
  }

  @Test
  void showsTheUpdate() throws IOException {
    Path page = folder.resolve("line-trained.html");
    Files.writeString(
        page,
        PageTest.page(
            """
            network Line {
              input x: [1]
              target y: [1]
              output p = dense(x, 1)
              loss mse(p, y)
            }
            train Line {
              data csv("line.csv") { x = column 0   y = column 1 }
              optimizer sgd(rate: 0.1)
            }
            """));
    browser.size(1280, 900);
    browser.open(page, "#p");
    changeFirst("b", 1);
    browser.one("#equations a.formula[href='#loss']").click();
    changeFirst("y", 5);
    browser.one("a.formula[href='#xW']").click();
    changeFirst("x", 2);
    changeFirst("W", 3);
    assertThat(browser.one(".update summary").getText())
        .isEqualTo("What the first step of sgd makes of it: 2.2");
    browser.one(".update summary").click();
    assertThat(browser.texts(".update .numbers")).last().isEqualTo("= 3 − 0.1 · 8 = 2.2");
    assertThat(browser.texts("#sources h2")).anyMatch(title -> title.startsWith("optimizer sgd"));
  }

  @Test
  void theTourHasTenSteps() {
    browser.size(1280, 900);
    browser.open(fever, "");
    browser.one("#begin-tour").click();
    for (int step = 1; step <= 10; step++) {
      assertThat(browser.one("#tour-text").getText()).startsWith(step + " of 10. ");
      assertThat(browser.texts(".spot")).as("what step %s is about", step).hasSize(1);
      browser.press(Keys.ENTER);
    }
    assertThat(browser.one("#tour").isDisplayed()).isFalse();
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("begin-tour");
  }

  @Test
  void tablesAreGoneThroughByKeyboard() {
    browser.size(1280, 900);
    browser.open(reber, "#lstm.i");
    browser.run("document.querySelector('[role=gridcell][tabindex=\"0\"]').focus()");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.texts(".of-numbers .numbers").get(0)).startsWith("i[1] at time step 1 = σ(");
    assertThat(browser.run("return document.activeElement.getAttribute('aria-label')").toString())
        .startsWith("i[1] at t 1 is 0.");
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
  void isAccessible(int width, String theme) {
    browser.size(width, 900);
    browser.open(fever, "#dW1");
    browser.theme(theme);
    browser.one("#depths [value=numbers]").click();
    assertThat(violations(new AxeBuilder())).isEmpty();
  }

  /** The equations alone; the code is the same sort of text as in any other page. */
  @Test
  void recurrencesAreAccessible() throws IOException {
    browser.size(1280, 900);
    browser.open(written("measure.nn"), "#dlstm.dc");
    assertThat(violations(new AxeBuilder().include(List.of("#equations")))).isEmpty();
  }

  @Test
  void theGraphIsAccessible() {
    browser.size(400, 900);
    browser.open(fever, "#h");
    browser.one("#panes [data-pane=graph]").click();
    browser.one(".graph-tools button").click();
    assertThat(violations(new AxeBuilder())).isEmpty();
  }

  private static List<String> violations(AxeBuilder axe) {
    return axe.analyze(browser.driver()).getViolations().stream()
        .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
        .toList();
  }

  /** In processor time, which other work on the machine does not lengthen. */
  @Test
  void opensWithinASecond() throws IOException {
    browser.size(1280, 900);
    for (String model : List.of(PageTest.deep(), PageTest.LONG)) {
      Path page = Files.writeString(folder.resolve("great.html"), PageTest.page(model));
      browser.driver().executeCdpCommand("Performance.disable", Map.of());
      browser.driver().executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
      double before = seconds("TaskDuration");
      browser.open(page, "");
      assertThat(browser.run("return document.querySelectorAll('#equations .formula math').length"))
          .satisfies(formulas -> assertThat((Long) formulas).isGreaterThan(20));
      assertThat(seconds("TaskDuration") - before).isLessThan(1);
    }
  }

  private static double seconds(String metric) {
    Map<?, ?> metrics = browser.driver().executeCdpCommand("Performance.getMetrics", Map.of());
    return ((List<?>) metrics.get("metrics"))
        .stream()
            .map(each -> (Map<?, ?>) each)
            .filter(each -> each.get("name").equals(metric))
            .mapToDouble(each -> ((Number) each.get("value")).doubleValue())
            .sum();
  }

  @Test
  void fitsOnASmallScreen() {
    browser.size(400, 800);
    browser.open(reber, "#lstm.i");
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
    browser.one("#panes [data-pane=code]").click();
    assertThat(chosen("code")).isNotEmpty();
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo(true);
  }

  /** Those of a convolutional network are long: lines break, and nothing is cut off. */
  @ParameterizedTest
  @ValueSource(ints = {1280, 400})
  void longFormulasBreak(int width) throws IOException {
    browser.size(width, 900);
    browser.open(written("lenet5.nn"), "");
    browser.one("#depths [value=shapes]").click();
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('.pair')]"
                    + ".map(pair => { pair.style.contentVisibility = 'visible'; return pair; })"
                    + ".flatMap(pair => [...pair.querySelectorAll('.formula')])"
                    + ".filter(formula => formula.scrollWidth > formula.clientWidth)"
                    + ".map(formula => formula.getAttribute('aria-label'))"))
        .isEqualTo(List.of());
  }

  @Test
  void textOfTheModelDoesNothing() throws IOException {
    Path page = folder.resolve("hostile.html");
    Files.writeString(page, PageTest.page(PageTest.HOSTILE));
    browser.size(1280, 900);
    browser.open(page, "#dW");
    assertThat(browser.run("return typeof hacked")).isEqualTo("undefined");
    browser.one("[aria-controls=graph]").click();
    assertThat(browser.run("return document.querySelectorAll('img, [onload], b').length"))
        .isEqualTo(0L);
    assertThat(browser.one("#doc").getText()).startsWith("</script><img");
  }
}
