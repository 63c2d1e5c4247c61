package dev.peephole.driver;

import dev.peephole.source.SourceFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run folder and a trainer jar keep of a program: the model file, what it imports, and the
 * generated sources under {@code java/} and {@code opencl/}.
 */
final class ProgramFiles {
  private ProgramFiles() {}

  /** The texts by their paths, which never lead out of the folder that they are put in. */
  static Map<String, String> of(Compilation compilation, JavaSources sources) {
    Map<String, String> files = new TreeMap<>();
    compilation.imports().forEach(f -> files.put(path(f, compilation.main()), f.text()));
    sources
        .files()
        .forEach(
            (name, text) -> files.put((name.endsWith(".cl") ? "opencl/" : "java/") + name, text));
    files.put(compilation.main().shortName(), compilation.main().text());
    return files;
  }

  /** The path of an import relative to the model file, with {@code up} for each {@code ..}. */
  private static String path(SourceFile imported, SourceFile main) {
    Path folder = Path.of(main.name()).toAbsolutePath().normalize().getParent();
    Path file = Path.of(imported.name()).toAbsolutePath().normalize();
    StringBuilder path = new StringBuilder();
    for (Path part : folder.relativize(file)) {
      path.append(path.isEmpty() ? "" : "/").append(part.toString().equals("..") ? "up" : part);
    }
    return path.toString();
  }
}
