package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.check.data.DataAccess;
import dev.peephole.cli.Nnc;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.lines.LineMap;
import dev.peephole.lines.LineMapper;
import dev.peephole.loop.Printed;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tutorial shows is so: each model compiles without a warning, each quoted line is what
 * the compiler prints, each result is what training prints, and each norm what a gradient has.
 */
class TutorialTest {
  private static final Page PAGE = Page.of("docs/tutorial.md");
  private static final String MODEL = "nn";
  private static final String QUOTED = "java ";
  private static final String RESULT = "text result";
  private static final String NORMS = "text gradients";
  private static final int CHAPTERS = 10;

  @TempDir Path folder;

  private Network network;
  private int runs;

  @Test
  void thereAreTenModelsAndEachIsLookedInto() {
    Map<String, Page> chapters = new LinkedHashMap<>(PAGE.chapters());
    chapters.keySet().removeIf(heading -> !Character.isDigit(heading.charAt(0)));
    assertThat(chapters).hasSize(CHAPTERS);
    for (Page chapter : chapters.values()) {
      assertThat(chapter.blocks()).extracting(Page.Block::info).contains(MODEL, RESULT);
      assertThat(chapter.blocks()).anyMatch(block -> block.info().startsWith(QUOTED));
      assertThat(chapter.text()).contains("**Exercise");
    }
  }

  @Test
  void blocksAreWhatComesOutOfTheModelsAboveThem() throws IOException {
    Files.copy(Page.ROOT.resolve("samples/fever/fever.csv"), folder.resolve("fever.csv"));
    Golden.check(PAGE.path(), PAGE.withBlocks(this::now));
  }

  private Page.Block now(Page.Block block) {
    if (block.info().equals(MODEL)) {
      network = compiled(block);
    } else if (block.info().startsWith(QUOTED)) {
      String[] values = block.info().substring(QUOTED.length()).split(" ");
      return new Page.Block(block.info(), quoted(List.of(values)), block.line());
    } else if (block.info().equals(RESULT)) {
      return new Page.Block(RESULT, trained(), block.line());
    } else if (block.info().equals(NORMS)) {
      return new Page.Block(NORMS, FirstGradients.of(network), block.line());
    }
    return block;
  }

  private Path model() {
    return folder.resolve("model.nn");
  }

  private Network compiled(Page.Block block) {
    new Example(folder, "").give("model.nn", block.code());
    Compilation compiled = Frontend.compile(model(), DataAccess.required(DataFolder.of(folder)));
    assertThat(compiled.diagnostics()).as(block.toString()).isEmpty();
    assertThat(compiled.networks()).hasSize(1);
    return compiled.networks().get(0);
  }

  /** What computes some values in the textbook style. */
  private String quoted(List<String> values) {
    LineMap.File file =
        LineMapper.of(network).files().stream()
            .filter(f -> f.target() == LineMap.Target.TEXTBOOK)
            .findFirst()
            .orElseThrow();
    List<String> lines = file.text().lines().toList();
    return values.stream()
        .map(value -> piece(file, value))
        .map(piece -> String.join("\n", lines.subList(piece.from() - 1, piece.to())))
        .map(piece -> piece.stripIndent() + "\n")
        .collect(Collectors.joining("\n"));
  }

  private static LineMap.Piece piece(LineMap.File file, String value) {
    return file.pieces().stream()
        .filter(piece -> piece.kind() == Printed.Kind.KERNEL && piece.computes().contains(value))
        .min(Comparator.comparingInt(piece -> piece.to() - piece.from()))
        .orElseThrow(() -> new AssertionError("nothing computes " + value));
  }

  /** The table that {@code nnc train} prints at the end. */
  private String trained() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), false);
    String run = folder.resolve("run-" + ++runs).toString();
    int status = Nnc.run(console, "train", model().toString(), "--quiet", "--out", run);
    assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .takeWhile(line -> !line.isBlank())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
