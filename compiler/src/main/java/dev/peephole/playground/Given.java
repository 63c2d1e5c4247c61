package dev.peephole.playground;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Network;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the command line named, read once: a model file, what it imports, and the data of its plans.
 * The page's models can name these files, and no others of the machine.
 *
 * @param name what the model file is called
 * @param text what it says; empty if none was named
 * @param files imports and data by the paths that the model has for them
 */
public record Given(String name, String text, Map<String, byte[]> files) {
  /** The greatest file of data that is read. */
  private static final long MOST_BYTES = 128L << 20;

  public Given {
    files = Map.copyOf(files);
  }

  /** Nothing: the page begins with an example of its own. */
  public static Given nothing() {
    return new Given("model.nn", "", Map.of());
  }

  /**
   * A model file with all that it names and that is there.
   *
   * @param data where its data is
   * @throws DataException if the model file cannot be read, or a file of its data
   */
  public static Given read(Path model, DataFolder data) {
    Compilation compilation = Frontend.compile(model, DataAccess.none());
    Map<String, byte[]> files = new LinkedHashMap<>();
    Path folder = model.toAbsolutePath().normalize().getParent();
    for (SourceFile imported : compilation.imports()) {
      Path file = Path.of(imported.name()).toAbsolutePath().normalize();
      files.put(written(folder.relativize(file)), bytes(file));
    }
    for (Network network : compilation.networks()) {
      named(network).filter(data::has).forEach(path -> files.putAll(read(path, data)));
    }
    return new Given(model.getFileName().toString(), compilation.main().text(), files);
  }

  /** A file, or all files of a folder of images, by the paths that lead there from the model. */
  private static Map<String, byte[]> read(String path, DataFolder data) {
    if (!data.isFolder(path)) {
      return Map.of(path, bytes(data.find(path)));
    }
    Path folder = data.findFolder(path);
    Map<String, byte[]> files = new LinkedHashMap<>();
    long room = MOST_BYTES;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        room -= Files.size(file);
        if (room < 0) {
          String most = "a folder of the playground has at most " + (MOST_BYTES >> 20) + " MB";
          throw DataException.in(folder.toString(), "is too large", most);
        }
        files.put(path + "/" + written(folder.relativize(file)), bytes(file));
      }
      return files;
    } catch (IOException e) {
      throw DataException.in(folder.toString(), "cannot be read: " + e.getMessage(), "");
    }
  }

  /** The same with a file that no model names yet. */
  public Given with(Path file) {
    Map<String, byte[]> more = new LinkedHashMap<>(files);
    more.put(file.getFileName().toString(), bytes(file));
    return new Given(name, text, more);
  }

  private static Stream<String> named(Network network) {
    return network.plan().stream()
        .flatMap(plan -> plan.clauses().stream())
        .flatMap(clause -> clause.arguments().stream())
        .filter(TrainingPlan.Argument.Source.class::isInstance)
        .flatMap(source -> ((TrainingPlan.Argument.Source) source).value().files().stream());
  }

  private static String written(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.notExists(file)) {
        throw DataException.in(file.toString(), "there is no such file", "");
      } else if (Files.size(file) > MOST_BYTES) {
        String most = "a file of the playground has at most " + (MOST_BYTES >> 20) + " MB";
        throw DataException.in(file.toString(), "is too large", most);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      String why = Optional.ofNullable(e.getMessage()).orElse("");
      throw DataException.in(file.toString(), "cannot be read: " + why, "");
    }
  }
}
