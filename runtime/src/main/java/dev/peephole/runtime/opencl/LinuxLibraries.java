package dev.peephole.runtime.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for a shared library where Linux does: JOCL prints to standard output, from C, where it
 * finds none, and no program can take that back.
 */
final class LinuxLibraries {
  private static final Path CACHE = Path.of("/etc/ld.so.cache");

  private LinuxLibraries() {}

  /** Whether this is Linux and there is surely no library whose file name begins so. */
  static boolean lack(String name) {
    return System.getProperty("os.name").startsWith("Linux")
        && !cached(name)
        && folders().stream().noneMatch(folder -> holds(folder, name));
  }

  private static boolean cached(String name) {
    try {
      return Files.readString(CACHE, StandardCharsets.ISO_8859_1).contains(name);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>(List.of(Path.of("/lib"), Path.of("/usr/lib")));
    folders.addAll(List.of(Path.of("/lib64"), Path.of("/usr/lib64")));
    String more = System.getenv("LD_LIBRARY_PATH");
    if (more != null) {
      Stream.of(more.split(":")).filter(f -> !f.isEmpty()).map(Path::of).forEach(folders::add);
    }
    return folders;
  }

  private static boolean holds(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(name));
    } catch (IOException e) {
      return false;
    }
  }
}
