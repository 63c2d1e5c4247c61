package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pair of IDX files, the format of MNIST, gzipped or not: the fields {@code values} and {@code
 * labels}.
 *
 * @param valuesPath relative to the model file
 * @param labelsPath relative to the model file
 */
public record Idx(String valuesPath, String labelsPath) implements Source {

  @Override
  public String name() {
    return valuesPath;
  }

  @Override
  public List<String> files() {
    return List.of(valuesPath, labelsPath);
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    try (IdxFile values = new IdxFile(folder.find(valuesPath));
        IdxFile labels = new IdxFile(folder.find(labelsPath))) {
      return List.of(values.field("values"), labels.field("labels"));
    }
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    try (IdxFile values = new IdxFile(folder.find(valuesPath));
        IdxFile labels = new IdxFile(folder.find(labelsPath))) {
      if (values.examples() != labels.examples()) {
        String message =
            "has %s examples, and %s has %s labels"
                .formatted(values.examples(), labelsPath, labels.examples());
        throw values.problem(message, "do the two files belong together?");
      }
      if (values.examples() == 0) {
        throw values.problem("has no examples", "");
      }
      List<Column> columns = List.of(values.load(), labels.load());
      return Table.of(values.examples(), columns, requests);
    }
  }

  @Override
  public Optional<Source> over(String file) {
    return IdxFile.recognises(Path.of(file)) ? Optional.of(new IdxValues(file)) : Optional.empty();
  }
}
