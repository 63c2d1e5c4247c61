package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder with a folder of images for each class: the fields {@code image}, from 0 to 1, and
 * {@code label}, whose classes are called as the folders are.
 *
 * <p>Classes, and the images of each, are in the order of their names. Images of any size are made
 * as large as what they fill, and grey or coloured as that is ({@link ImageFile}).
 *
 * @param path relative to the model file
 */
public record Images(String path) implements Source {

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
    classes(folder.findFolder(path));
    return List.of(Field.images("image"), Field.of("label"));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    List<Path> classes = classes(folder.findFolder(path));
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path one : classes) {
      List<Path> images = ImageFiles.in(one);
      files.addAll(images);
      images.forEach(image -> labels.add(classes.indexOf(one)));
    }
    List<String> names = classes.stream().map(c -> c.getFileName().toString()).toList();
    Column folders = new Folders(files, labels, names);
    List<Column> columns =
        requests.stream()
            .map(r -> r.position() == 0 ? ImageFiles.load(path, files, r.shape()) : folders)
            .toList();
    return new Table(files.size(), Optional.empty(), columns);
  }

  @Override
  public Optional<Source> over(String file) {
    Path path = Path.of(file);
    return Files.isDirectory(path) || ImageFile.recognises(path)
        ? Optional.of(new ImageFiles(file))
        : Optional.empty();
  }

  private static List<Path> classes(Path folder) {
    List<Path> classes = ImageFiles.listed(folder).stream().filter(Files::isDirectory).toList();
    if (classes.isEmpty()) {
      throw DataException.in(
          folder.toString(),
          "has no folders in it",
          "there is a folder for each class, with its images: "
              + folder.resolve("cat").resolve("1.png"));
    }
    return classes;
  }

  /** The classes of the images: the folders that they lie in. */
  private record Folders(List<Path> files, List<Integer> labels, List<String> classes)
      implements Column {

    @Override
    public double number(int row, int k) {
      return labels.get(row);
    }

    @Override
    public Optional<String> text(int row) {
      return Optional.of(classes.get(labels.get(row)));
    }

    @Override
    public DataException problem(int row, String message, String hint) {
      return DataException.in(files.get(row).toString(), message, hint);
    }
  }
}
