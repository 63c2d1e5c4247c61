package dev.peephole.recurrent;

import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.proof.Point;
import dev.peephole.proof.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that another library computed once. A file of them has a block for each value: a line
 * with its name and its shape, the batch first, and a line for each row of the last axis.
 *
 * @param numbers the numbers by the name of the value, row after row
 */
record Fixture(Map<String, double[]> numbers) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "recurrent");

  /** How many examples each of them has. */
  static final int BATCH = 3;

  static Fixture read(String name) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    List<String> lines = Texts.read(FOLDER.resolve(name + ".txt")).lines().toList();
    int next = 0;
    while (next < lines.size()) {
      String[] head = lines.get(next).split(" ");
      int[] shape = Arrays.stream(head).skip(1).mapToInt(Integer::parseInt).toArray();
      int rows =
          Arrays.stream(shape).limit(Math.max(0, shape.length - 1)).reduce(1, (a, b) -> a * b);
      List<String> block = lines.subList(next + 1, next + 1 + rows);
      numbers.put(head[0], numbers(block));
      next += 1 + rows;
    }
    return new Fixture(numbers);
  }

  /** The text of the model file beside it. */
  static String model(String name) {
    return Texts.read(FOLDER.resolve(name + ".nn"));
  }

  private static double[] numbers(List<String> rows) {
    return rows.stream()
        .flatMap(row -> Arrays.stream(row.split(" ")))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  double[] get(String name) {
    return numbers.get(name);
  }

  /** Its inputs, targets and parameters. */
  Point point(Program program) {
    List<String> names = new ArrayList<>();
    program.inputs().stream().map(Var::name).forEach(names::add);
    program.targets().stream().map(Var::name).forEach(names::add);
    program.lengths().map(Var::name).ifPresent(names::add);
    program.parameters().stream().map(Program.Parameter::path).forEach(names::add);
    return new Point(BATCH, names.stream().map(numbers::get).toList());
  }
}
