package dev.peephole.runtime.file;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Named arrays and named texts, as a file in the safetensors format holds them.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors {
  private final String file;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();

  Safetensors(String file) {
    this.file = file;
  }

  /** Nothing yet, to be filled and written. */
  public static Safetensors empty() {
    return new Safetensors("");
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read, or breaks a rule of the format
   */
  public static Safetensors read(Path file) {
    return SafetensorsReader.read(file);
  }

  /**
   * Writes a file, in one piece.
   *
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    byte[] bytes = SafetensorsWriter.bytes(metadata, arrays);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** Adds a text. */
  public Safetensors put(String name, String text) {
    metadata.put(name, text);
    return this;
  }

  /** Adds tensors by their names with a prefix before. Their arrays are written, not copied. */
  public Safetensors put(String prefix, List<Tensor> tensors) {
    for (Tensor tensor : tensors) {
      arrays.put(prefix + tensor.name(), new StoredArray(shape(tensor), tensor.array()));
    }
    return this;
  }

  void put(String name, StoredArray array) {
    arrays.put(name, array);
  }

  /** A checksum (CRC-32C) over all texts and arrays but the text of one name. */
  public String checksum(String except) {
    CRC32C crc = new CRC32C();
    new TreeMap<>(metadata)
        .forEach(
            (name, text) -> {
              if (!name.equals(except)) {
                crc.update((name + '\0' + text + '\0').getBytes(StandardCharsets.UTF_8));
              }
            });
    new TreeMap<>(arrays)
        .forEach(
            (name, array) -> {
              crc.update((name + '\0' + array.shape()).getBytes(StandardCharsets.UTF_8));
              array.addTo(crc);
            });
    return Long.toHexString(crc.getValue());
  }

  /** The text of a name. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(metadata.get(name));
  }

  /**
   * The text of a name that must be there.
   *
   * @throws DataException if it is not
   */
  public String require(String name) {
    return text(name).orElseThrow(() -> problem("does not say its " + name, ""));
  }

  /** The texts whose names begin with a prefix, by the rest of their names. */
  public Map<String, String> texts(String prefix) {
    return behind(prefix, metadata);
  }

  /** Whether an array's name begins with a prefix. */
  public boolean has(String prefix) {
    return !behind(prefix, arrays).isEmpty();
  }

  /**
   * Copies the arrays whose names begin with a prefix into the tensors that are called as the rest
   * of their names says. Real numbers are rounded to the tensor's precision.
   *
   * @throws DataException unless the names are the same, and the shapes of those that are
   */
  public void copyTo(String prefix, List<Tensor> tensors) {
    Map<String, StoredArray> found = behind(prefix, arrays);
    TreeSet<String> missing = new TreeSet<>(tensors.stream().map(Tensor::name).toList());
    TreeSet<String> surplus = new TreeSet<>(found.keySet());
    surplus.removeAll(missing);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw problem("does not belong to this network", difference(missing, surplus));
    }
    for (Tensor tensor : tensors) {
      StoredArray array = found.get(tensor.name());
      if (!array.shape().equals(shape(tensor))) {
        String message = "%s is %s in the file and %s in the network";
        throw problem(message.formatted(tensor.name(), array.shape(), shape(tensor)), "");
      }
      array.copyTo(tensor);
    }
  }

  private static String difference(TreeSet<String> missing, TreeSet<String> surplus) {
    String lacks = missing.isEmpty() ? "" : "it lacks " + String.join(", ", missing);
    String has = surplus.isEmpty() ? "" : "it has " + String.join(", ", surplus) + " besides";
    return lacks + (lacks.isEmpty() || has.isEmpty() ? "" : "; ") + has;
  }

  private static List<Long> shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).asLongStream().boxed().toList();
  }

  private static <T> Map<String, T> behind(String prefix, Map<String, T> map) {
    Map<String, T> rest = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            rest.put(name.substring(prefix.length()), value);
          }
        });
    return rest;
  }

  /** An error that names the file. */
  public DataException problem(String message, String hint) {
    return DataException.in(file, message, hint);
  }
}
