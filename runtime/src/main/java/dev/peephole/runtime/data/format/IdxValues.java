package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.util.List;

/** One IDX file without labels, for predictions: the field {@code values}. */
record IdxValues(String path) implements Source {

  @Override
  public String name() {
    return path;
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    try (IdxFile values = new IdxFile(folder.find(path))) {
      return List.of(values.field("values"));
    }
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    try (IdxFile values = new IdxFile(folder.find(path))) {
      return Table.of(values.examples(), List.of(values.load()), requests);
    }
  }
}
