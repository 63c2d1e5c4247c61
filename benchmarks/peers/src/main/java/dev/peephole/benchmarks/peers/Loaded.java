package dev.peephole.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shared libraries that this process has loaded. */
final class Loaded {
  private static final Pattern MATRICES =
      Pattern.compile("[^/]*/[^/]*(blas|mkl|blis|atlas)[^/]*$", Pattern.CASE_INSENSITIVE);

  /** PyTorch's own library, with the matrix product inside if there is none beside it. */
  private static final Pattern OWN = Pattern.compile("[^/]*/libtorch_cpu[^/]*$");

  private Loaded() {}

  /** Those of linear algebra, by the folder and the name. */
  static String matrixLibraries() throws IOException {
    String beside = names(MATRICES);
    return beside.isEmpty() ? "in " + names(OWN) : beside;
  }

  private static String names(Pattern wanted) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.flatMap(line -> wanted.matcher(line).results())
          .map(found -> found.group())
          .distinct()
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }
}
