package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.util.List;

/**
 * The four examples of the exclusive or: the fields {@code x}, two numbers, and {@code y}, which is
 * 1 where they differ.
 */
public record Xor() implements Source {

  @Override
  public String name() {
    return "xor";
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    return List.of(Field.of("x", 2), Field.of("y", 1));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    List<Column> columns =
        List.of(
            new Generated(name(), 2, new double[] {0, 0, 0, 1, 1, 0, 1, 1}),
            new Generated(name(), 1, new double[] {0, 1, 1, 0}));
    return Table.of(4, columns, requests);
  }
}
