package dev.peephole.driver;

import com.fasterxml.jackson.core.JsonFactory;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.peephole.driver.JavaSources.Target;
import dev.peephole.runtime.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jocl.Sizeof;

/** The runtime and what it depends on, wherever this compiler has them: jars or folders. */
final class RuntimeClasses {
  /** One class of each part. */
  private static final List<Class<?>> PARTS =
      List.of(Model.class, CsvReader.class, JsonFactory.class, Sizeof.class);

  private static final Pattern WANTED =
      Pattern.compile(
          "(META-INF/versions/\\d+/)?(dev/peephole/runtime|de/siegmar/fastcsv|com/fasterxml/jackson/core)/.*"
              + "|META-INF/[^/]*(LICENSE|NOTICE)[^/]*");

  /** What a network needs besides if a device computes it. */
  private static final Pattern FOR_DEVICES = Pattern.compile("org/jocl/.*|lib/.*JOCL.*");

  private RuntimeClasses() {}

  /** The jars and folders that hold them. */
  static List<Path> locations() {
    return PARTS.stream().map(RuntimeClasses::location).distinct().toList();
  }

  private static Path location(Class<?> part) {
    try {
      return Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds the files that a target needs, licences included, by their names in a jar. */
  static void addTo(SortedMap<String, byte[]> files, Target target) {
    Predicate<String> wanted = WANTED.asMatchPredicate();
    if (target == Target.OPENCL) {
      wanted = wanted.or(FOR_DEVICES.asMatchPredicate());
    }
    try {
      for (Path location : locations()) {
        if (Files.isDirectory(location)) {
          addFolder(location, files, wanted);
        } else {
          addJar(location, files, wanted);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addFolder(
      Path folder, SortedMap<String, byte[]> files, Predicate<String> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (wanted.test(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
  }

  private static void addJar(Path path, SortedMap<String, byte[]> files, Predicate<String> wanted)
      throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && wanted.test(entry.getName())) {
          try (InputStream in = jar.getInputStream(entry)) {
            files.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
  }
}
