package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * The adding problem (Hochreiter &amp; Schmidhuber, 1997): the fields {@code x}, a sequence of two
 * numbers a step, and {@code y}, the sum of the two numbers that are marked.
 *
 * <p>The first number of a step is drawn from 0 up to 1. The second is the mark: 1 at one step of
 * the first half and at one of the second, 0 elsewhere. Always to say 1 has a mean squared error of
 * 1/6.
 *
 * @param examples how many sequences
 * @param length the steps of a sequence
 */
public record Adding(int examples, int length) implements Source {

  public Adding {
    if (examples < 1 || length < 2 || (long) examples * length > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "the adding problem has examples of two steps or more, a thousand million in all at most");
    }
  }

  @Override
  public String name() {
    return "adding";
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    return List.of(Field.of("x", length, 2), Field.of("y", 1));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    Philox random = RandomStreams.generator(seed);
    double[] sequences = new double[examples * length * 2];
    double[] sums = new double[examples];
    int half = length / 2;
    for (int i = 0; i < examples; i++) {
      int start = i * length;
      for (int t = 0; t < length; t++) {
        sequences[2 * (start + t)] = random.nextUniform();
      }
      int first = start + random.nextInt(half);
      int second = start + half + random.nextInt(length - half);
      sequences[2 * first + 1] = 1;
      sequences[2 * second + 1] = 1;
      sums[i] = sequences[2 * first] + sequences[2 * second];
    }
    List<Column> columns =
        List.of(new Generated(name(), 2 * length, sequences), new Generated(name(), 1, sums));
    return Table.of(examples, columns, requests);
  }
}
