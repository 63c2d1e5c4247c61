package dev.peephole.driver;

import dev.peephole.runtime.data.DataException;
import java.util.Optional;

/** What of a JDK is needed: a Java that was put together by {@code jlink} may lack parts of it. */
public final class JdkModules {
  private JdkModules() {}

  /**
   * @throws DataException if this Java lacks one of the modules
   */
  static void require(String... modules) {
    for (String module : modules) {
      if (ModuleLayer.boot().findModule(module).isEmpty()) {
        throw lacking("the module " + module);
      }
    }
  }

  /** What to say of a class that was not found, if it is one of the JDK's. */
  public static Optional<DataException> lacking(NoClassDefFoundError error) {
    String name = String.valueOf(error.getMessage()).replace('/', '.');
    return name.startsWith("java.") || name.startsWith("javax.")
        ? Optional.of(lacking("the class " + name))
        : Optional.empty();
  }

  private static DataException lacking(String part) {
    return DataException.of(
        "nnc needs a whole JDK, and this Java lacks "
            + part
            + ": "
            + System.getProperty("java.home"),
        "install a JDK 17 or newer and let JAVA_HOME point to it");
  }
}
