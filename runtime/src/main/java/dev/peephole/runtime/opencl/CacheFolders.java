package dev.peephole.runtime.opencl;

import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folders that OpenCL keeps things in from one run to the next. */
final class CacheFolders {
  private static final String CACHES = "XDG_CACHE_HOME";
  private static final String POCL = "POCL_CACHE_DIR";

  private final Map<String, String> environment;

  /**
   * @param environment of the process
   */
  CacheFolders(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Where JOCL's native part is unpacked. */
  Path own() {
    return variable(CACHES)
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("peephole");
  }

  /** Where PoCL, if that is the driver, keeps what it has compiled. */
  Path pocl() {
    Path within = Path.of("pocl", "kcache");
    return variable(POCL)
        .map(Path::of)
        .or(() -> variable(CACHES).map(caches -> Path.of(caches).resolve(within)))
        .or(() -> variable("HOME").map(home -> Path.of(home, ".cache").resolve(within)))
        .orElse(Path.of("/tmp").resolve(within));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }

  /**
   * Makes one of them, unless it is there.
   *
   * @throws DataException if that cannot be done, or nothing can be written there
   */
  void require(Path folder) {
    boolean writable;
    try {
      Files.createDirectories(folder);
      writable = Files.isWritable(folder);
    } catch (IOException e) {
      writable = false;
    }
    if (!writable) {
      String name = folder.equals(own()) || variable(POCL).isEmpty() ? CACHES : POCL;
      throw DataException.in(
          folder.toString(),
          "cannot be written to, and OpenCL needs a cache",
          name + " names another folder for caches");
    }
  }
}
