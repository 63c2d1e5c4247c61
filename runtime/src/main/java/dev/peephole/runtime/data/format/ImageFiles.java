package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Pixels;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An image, or the images of a folder, without labels, for predictions: the field {@code image}.
 */
record ImageFiles(String path) implements Source {
  /** What a number takes: a byte here, and four as an example. */
  private static final int BYTES = 5;

  @Override
  public String name() {
    return path;
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    return List.of(Field.images("image"));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    Path place = Path.of(path);
    List<Path> files = Files.isDirectory(place) ? in(place) : List.of(folder.find(path));
    List<Column> columns =
        requests.stream().<Column>map(r -> load(path, files, r.shape())).toList();
    return new Table(files.size(), Optional.empty(), columns);
  }

  /** The images of a folder by their names, at least one; what is hidden is left aside. */
  static List<Path> in(Path folder) {
    List<Path> files = listed(folder).stream().filter(Files::isRegularFile).toList();
    if (files.isEmpty()) {
      throw DataException.in(
          folder.toString(), "has no images in it", "a folder has the images of one class");
    }
    return files;
  }

  /** What a folder holds, by the names, without what is hidden. */
  static List<Path> listed(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw DataException.in(folder.toString(), "cannot be read: " + e.getMessage(), "");
    }
  }

  /**
   * Reads images and fits them into a shape.
   *
   * @param name what messages call all of them
   * @param shape height, width and perhaps channels
   */
  static Pixels load(String name, List<Path> files, List<Integer> shape) {
    int channels = shape.size() == 3 ? shape.get(2) : 1;
    long size = (long) shape.get(0) * shape.get(1) * channels;
    requireRoom(name, files.size(), size);
    Pixels pixels = new Pixels(name, files.size(), (int) size);
    for (int i = 0; i < files.size(); i++) {
      pixels.put(i, new ImageFile(files.get(i)).read(shape.get(0), shape.get(1), channels));
    }
    return pixels;
  }

  /** Says so before memory is at its end, and before the first of them is read. */
  private static void requireRoom(String name, int count, long size) {
    long room = Runtime.getRuntime().maxMemory();
    long wanted = count * size;
    if (wanted > Integer.MAX_VALUE - 8 || wanted * BYTES > room) {
      throw DataException.in(
          name,
          "%s images of %s numbers take %s GB, and there are %s"
              .formatted(count, size, gigabytes(wanted * BYTES), gigabytes(room)),
          "declare smaller images, or take fewer of them");
    }
  }

  private static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
  }
}
