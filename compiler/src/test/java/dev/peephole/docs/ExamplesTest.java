package dev.peephole.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.JavaSources;
import dev.peephole.driver.Linker;
import dev.peephole.driver.MemoryCompiler;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the documentation shows of the language compiles. */
class ExamplesTest {
  private static final List<String> PAGES =
      List.of("README.md", "docs/language.md", "docs/architecture.md");

  /** What a fragment marked {@code nn statements} stands in. */
  private static final String NETWORK =
      """
      network Example {
        input  x: [4]
        input  X: [3, 4]
        input  A: [4, 2]
        input  label: class(4)
        target y: [1]
      %s
        output result = dense(x, 1)
        loss mse(result, y)
      }
      """;

  @TempDir Path folder;

  static Stream<Arguments> examples() {
    return PAGES.stream()
        .map(Page::of)
        .flatMap(
            page ->
                page.blocks().stream()
                    .filter(block -> block.info().startsWith("nn"))
                    .map(block -> Arguments.of(page.path().getFileName().toString(), block)));
  }

  /** The warnings; a fragment shows values that it does not go on to read. */
  private static List<Diagnostic> unmeant(Compilation compiled, Page.Block block) {
    boolean fragment = block.info().equals("nn statements");
    return compiled.warnings().stream()
        .filter(warning -> !fragment || warning.code() != Code.UNUSED)
        .toList();
  }

  /** As far as classes, loaded and with a plan. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("examples")
  void compiles(String page, Page.Block block) {
    String text =
        switch (block.info()) {
          case "nn" -> block.code();
          case "nn statements" -> NETWORK.formatted(block.code().indent(2));
          default -> throw new AssertionError("no such sort of block: " + block.info());
        };
    Example example = new Example(folder, text);
    Compilation compiled = example.compiledWithoutData();
    assertThat(example.printed(compiled.errors())).isEmpty();
    assertThat(example.printed(unmeant(compiled, block))).isEmpty();
    assertThat(compiled.networks()).as("the network that shows it at work").isNotEmpty();
    for (Network network : compiled.networks()) {
      if (network.plan().isPresent()) {
        assertThat(Linker.program(compiled, network, Style.FAST).plan()).isNotNull();
      } else {
        MemoryCompiler.compile(JavaSources.of(network, Style.FAST).files());
      }
    }
  }
}
