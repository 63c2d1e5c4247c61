package dev.peephole.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Classes that were compiled in memory.
 *
 * @param bytes the class files by class name
 * @param texts the files that lie beside them, by their names
 */
public record CompiledClasses(Map<String, byte[]> bytes, Map<String, String> texts) {

  /** Loads them beside the runtime that is at work here. */
  public ClassLoader loader() {
    return new Loader(bytes, texts);
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> bytes;
    private final Map<String, String> texts;

    Loader(Map<String, byte[]> bytes, Map<String, String> texts) {
      super(CompiledClasses.class.getClassLoader());
      this.bytes = bytes;
      this.texts = texts;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return texts.containsKey(name)
          ? new ByteArrayInputStream(texts.get(name).getBytes(StandardCharsets.UTF_8))
          : super.getResourceAsStream(name);
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
