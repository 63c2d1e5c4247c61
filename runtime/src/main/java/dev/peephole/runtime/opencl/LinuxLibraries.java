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
  private final Path cache;
  private final List<Path> folders;

  /**
   * @param cache the loader's list of libraries
   * @param folders where it looks besides
   */
  LinuxLibraries(Path cache, List<Path> folders) {
    this.cache = cache;
    this.folders = folders;
  }

  static LinuxLibraries ofThisMachine() {
    List<Path> folders =
        new ArrayList<>(
            Stream.of("/lib", "/usr/lib", "/lib64", "/usr/lib64").map(Path::of).toList());
    String more = System.getenv("LD_LIBRARY_PATH");
    if (more != null) {
      Stream.of(more.split(":")).filter(f -> !f.isEmpty()).map(Path::of).forEach(folders::add);
    }
    return new LinuxLibraries(Path.of("/etc/ld.so.cache"), folders);
  }

  /** Whether this is Linux and there is surely no library whose file name begins so. */
  boolean lack(String name) {
    return System.getProperty("os.name").startsWith("Linux")
        && !cached(name)
        && folders.stream().noneMatch(folder -> holds(folder, name));
  }

  private boolean cached(String name) {
    try {
      return Files.readString(cache, StandardCharsets.ISO_8859_1).contains(name);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean holds(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(name));
    } catch (IOException e) {
      return false;
    }
  }
}
