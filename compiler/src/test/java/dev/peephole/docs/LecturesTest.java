package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.cli.Nnc;
import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links of the pages that teach lead somewhere, and their commands are commands. */
class LecturesTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?<path>[^)#]*)(?:#(?<anchor>[^)]*))?\\)");
  private static final Pattern COMMAND = Pattern.compile("`\\./nnc (?<arguments>[^`]+)`");
  private static final Pattern NAMED = Pattern.compile("<a name=\"(?<name>[^\"]+)\">");

  /** Trains, which the tests of the samples and of the tutorial do. */
  private static final String TRAIN = "train";

  @TempDir Path folder;

  static List<String> pages() {
    return List.of("docs/lectures.md", "docs/tutorial.md", "docs/library/README.md");
  }

  static Stream<String> commands() {
    return COMMAND
        .matcher(Page.of("docs/lectures.md").text())
        .results()
        .map(found -> found.group(1))
        .distinct()
        .filter(command -> !command.contains("MODEL"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(String name) {
    Page page = Page.of(name);
    Path here = page.path().getParent();
    List<String> lost = new ArrayList<>();
    LINK.matcher(page.text())
        .results()
        .forEach(
            found -> {
              Path file = found.group(1).isEmpty() ? page.path() : here.resolve(found.group(1));
              String anchor = found.group(2);
              boolean there = Files.exists(file) && (anchor == null || has(file, anchor));
              if (!there) {
                lost.add(found.group());
              }
            });
    assertThat(lost).isEmpty();
  }

  private static boolean has(Path file, String anchor) {
    Page page = Page.of(Page.ROOT.relativize(file.normalize()).toString());
    return page.anchors().contains(anchor)
        || NAMED.matcher(page.text()).results().anyMatch(found -> found.group(1).equals(anchor));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsRun(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.replaceAll(
        word -> Files.exists(Page.ROOT.resolve(word)) ? Page.ROOT.resolve(word) + "" : word);
    words.replaceAll(word -> word.equals("out") ? folder.resolve(word) + "" : word);
    if (words.get(0).equals(TRAIN)) {
      words.set(0, "check");
    }
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int status = Nnc.run(console, words.toArray(String[]::new));
    assertThat(status).as(command + "\n" + err.toString(StandardCharsets.UTF_8)).isZero();
  }

  @Test
  void anchorsAreThoseOfHeadings() {
    assertThat(
            new Page(Path.of("p.md"), "# A\n\n## 3. A hidden layer\n\n### `x`, or y?\n").anchors())
        .isEqualTo(Set.of("a", "3-a-hidden-layer", "x-or-y"));
  }
}
