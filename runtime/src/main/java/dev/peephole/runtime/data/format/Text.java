package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A text in UTF-8, a row a character: the field {@code characters}, whose labels are numbered in
 * the order of the alphabet that the training part has.
 *
 * @param path relative to the model file
 */
public record Text(String path) implements Source {
  /** The name of the one field. */
  public static final String CHARACTERS = "characters";

  @Override
  public String name() {
    return path;
  }

  @Override
  public List<String> files() {
    return List.of(path);
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    folder.find(path);
    return List.of(Field.of(CHARACTERS));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    Path file = folder.find(path);
    int[] text = read(file).codePoints().toArray();
    if (text.length == 0) {
      throw DataException.in(file.toString(), "is empty", "");
    }
    return Table.of(text.length, List.of(new Characters(file.toString(), text)), requests);
  }

  private static String read(Path file) {
    try {
      return Utf8.read(file);
    } catch (IOException e) {
      throw DataException.in(file.toString(), "cannot be read: " + e.getMessage(), "");
    }
  }

  @Override
  public Optional<Source> over(String file) {
    return Optional.of(new Text(file));
  }
}
