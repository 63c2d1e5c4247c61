package dev.peephole.driver;

import dev.peephole.driver.JavaSources.Target;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints what identifies the bytes of generated sources, and of the classes made of them. */
public final class EmissionDigest {
  /** Begins the lines about classes, which depend on the version of {@code javac}. */
  static final String CLASSES = "classes ";

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  private EmissionDigest() {}

  public static void main(String[] args) {
    lines().forEach(System.out::println);
  }

  /** A cell with peepholes and wide rows, which vectors run along, and two samples. */
  static List<String> lines() {
    List<Path> models = new ArrayList<>(List.of(GOLDEN.resolve("recurrent/Spikes.nn")));
    Texts.samples().stream()
        .filter(file -> file.toString().matches(".*(fever|tagger)\\.nn"))
        .forEach(models::add);
    models.add(Path.of("..", "benchmarks", "models", "peephole-50.nn"));
    List<String> lines = new ArrayList<>();
    models.forEach(model -> add(model.getFileName().toString(), Texts.network(model), lines));
    return lines;
  }

  private static void add(String model, Network network, List<String> lines) {
    for (Style style : Style.values()) {
      for (Target target : Target.values()) {
        Map<String, String> files = JavaSources.of(network, style, target).files();
        files.forEach(
            (file, text) ->
                lines.add(String.join(" ", model, style.name(), target.name(), file, sha(text))));
        if (target == Target.CPU) {
          Map<String, byte[]> classes = new TreeMap<>(MemoryCompiler.compile(files).bytes());
          classes.forEach(
              (name, bytes) -> lines.add(CLASSES + model + " " + name + " " + sha(bytes)));
        }
      }
      Map<String, String> sources = JavaSources.inDouble(network, style).files();
      lines.add(model + " double " + sha(sources.toString()));
    }
  }

  private static String sha(String text) {
    return sha(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
