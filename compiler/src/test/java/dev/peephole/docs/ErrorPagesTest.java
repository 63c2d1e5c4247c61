package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each code of an error or a warning has a page with wrong programs, what is said about them, and
 * mended ones.
 */
class ErrorPagesTest {
  private static final String WRONG = "nn wrong";
  private static final String RIGHT = "nn right";
  private static final String MESSAGE = "text message";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void eachCodeHasAPageAndEachPageACode(Severity severity) throws IOException {
    try (Stream<Path> pages = Files.list(Page.ROOT.resolve(severity.pages()))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Code.values())
                  .filter(code -> code.severity() == severity)
                  .map(code -> code.slug() + ".md")
                  .toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongProgramsHaveThisFlawAndNoOther(Code code) {
    Page page = page(code);
    assertThat(page.text()).startsWith("# " + code.slug() + ": ");
    assertThat(page.blocks(WRONG)).isNotEmpty();
    for (Page.Block wrong : page.blocks(WRONG)) {
      assertThat(example(page, wrong).compiled().diagnostics())
          .as(wrong.toString())
          .isNotEmpty()
          .extracting(Diagnostic::code)
          .containsOnly(code);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mendedProgramsHaveNone(Code code) {
    Page page = page(code);
    assertThat(page.blocks(RIGHT)).hasSizeGreaterThanOrEqualTo(page.blocks(WRONG).size());
    for (Page.Block right : page.blocks(RIGHT)) {
      Example example = example(page, right);
      assertThat(example.printed(example.compiled().diagnostics())).as(right.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesAreAsPrinted(Code code) {
    Page page = page(code);
    assertThat(infos(page, WRONG, MESSAGE, RIGHT))
        .as("a message follows each wrong program, and a mended one each message")
        .containsSubsequence(WRONG, MESSAGE, RIGHT)
        .doesNotContainSequence(WRONG, RIGHT)
        .doesNotContainSequence(WRONG, WRONG);
    String[] message = {""};
    String now =
        page.withBlocks(
            block -> {
              if (block.info().equals(WRONG)) {
                Example example = example(page, block);
                message[0] = example.printed(example.compiled().diagnostics());
              }
              return block.info().equals(MESSAGE)
                  ? new Page.Block(MESSAGE, message[0], block.line())
                  : block;
            });
    Golden.check(page.path(), now);
  }

  private static List<String> infos(Page page, String... wanted) {
    return page.blocks().stream().map(Page.Block::info).filter(List.of(wanted)::contains).toList();
  }

  private static Page page(Code code) {
    return Page.of(code.severity().pages() + "/" + code.slug() + ".md");
  }

  /** A program with the page's files beside it: blocks such as {@code csv fever.csv}. */
  private Example example(Page page, Page.Block block) {
    Example example = new Example(folder, block.code());
    for (Page.Block file : page.blocks()) {
      String[] words = file.info().split(" ");
      if (words.length == 2 && words[1].contains(".")) {
        example.give(words[1], file.code());
      }
    }
    return example;
  }
}
