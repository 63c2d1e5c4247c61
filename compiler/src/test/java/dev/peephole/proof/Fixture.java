package dev.peephole.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Numbers that another program computed; {@code make_fixtures.py} says which and how.
 *
 * @param name the name of the file, without its ending
 * @param values the numbers by their names
 */
record Fixture(String name, Map<String, double[]> values) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "fixtures");

  static Fixture read(String name) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (String line : lines(FOLDER.resolve(name + ".txt"))) {
      if (!line.startsWith("#")) {
        String[] sides = line.split(" = ", -1);
        values.put(sides[0], numbers(sides[1]));
      }
    }
    return new Fixture(name, values);
  }

  private static double[] numbers(String text) {
    return text.isEmpty()
        ? new double[0]
        : Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fixtures whose names begin so. */
  static List<Fixture> all(String prefix) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".txt"))
          .sorted()
          .map(name -> read(name.substring(0, name.length() - ".txt".length())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double[] get(String value) {
    double[] numbers = values.get(value);
    if (numbers == null) {
      throw new AssertionError(name + ".txt has no " + value);
    }
    return numbers;
  }

  boolean has(String value) {
    return values.containsKey(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
