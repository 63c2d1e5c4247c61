package dev.peephole.docs.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peephole.Golden;
import dev.peephole.check.scope.Library;
import dev.peephole.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the library are what its declarations say. */
class LibraryPagesTest {
  private static final Path FOLDER = Page.ROOT.resolve("docs/library");
  private static final Library LIBRARY = new Library();
  private static final UsedIn USED_IN = UsedIn.samplesAndTutorial();

  static Set<String> names() {
    return LIBRARY.names();
  }

  private static LibraryPage page(String name) {
    return new LibraryPage(LIBRARY.find(name).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("names")
  void pageIsUpToDate(String name) {
    Golden.check(FOLDER.resolve(name + ".md"), page(name).text(USED_IN.of(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void pictureIsUpToDate(String name) {
    Optional<String> svg = page(name).svg();
    svg.ifPresent(text -> Golden.check(FOLDER.resolve(name + ".svg"), text));
    assertThat(Files.exists(FOLDER.resolve(name + ".svg"))).isEqualTo(svg.isPresent());
  }

  /** By the mean value theorem a slope lies between the derivatives around it, at kinks too. */
  @ParameterizedTest
  @MethodSource("names")
  void drawnDerivativesAreTheSlopesOfDrawnFunctions(String name) {
    Optional<Curve> drawn = Curve.of(LIBRARY.find(name).orElseThrow());
    assumeTrue(drawn.isPresent(), name + " is no function of one number");
    Curve curve = drawn.orElseThrow();
    for (Curve.OfOne f : curve.functions()) {
      double[] y = f.values();
      double[] d = f.derivatives();
      double step = (curve.to() - curve.from()) / (y.length - 1);
      for (int i = 1; i < y.length - 1; i++) {
        double slope = (y[i + 1] - y[i - 1]) / (2 * step);
        assertThat(slope)
            .isBetween(
                Math.min(d[i], Math.min(d[i - 1], d[i + 1])) - 1e-4,
                Math.max(d[i], Math.max(d[i - 1], d[i + 1])) + 1e-4);
      }
    }
  }

  @Test
  void indexIsUpToDate() {
    Golden.check(FOLDER.resolve("README.md"), LibraryIndex.text(LIBRARY));
  }

  @Test
  void nothingIsThereThatTheLibraryHasNot() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString().replaceAll("\\.(md|svg)$", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      there.remove("README");
      assertThat(there).containsExactlyInAnyOrderElementsOf(LIBRARY.names());
    }
  }
}
