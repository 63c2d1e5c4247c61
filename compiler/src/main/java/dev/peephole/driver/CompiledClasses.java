package dev.peephole.driver;

import java.util.Map;

/**
 * Classes that were compiled in memory.
 *
 * @param bytes the class files by class name
 */
public record CompiledClasses(Map<String, byte[]> bytes) {

  /** Loads them beside the runtime that is at work here. */
  public ClassLoader loader() {
    return new Loader(bytes);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> bytes;

    Loader(Map<String, byte[]> bytes) {
      super(CompiledClasses.class.getClassLoader());
      this.bytes = bytes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] found = bytes.get(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, found, 0, found.length);
    }
  }
}
