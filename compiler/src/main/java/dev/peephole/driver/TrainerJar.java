package dev.peephole.driver;

import dev.peephole.runtime.file.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar that trains a network with nothing else around. */
public final class TrainerJar {
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String PROGRAM = "program/";

  private TrainerJar() {}

  /**
   * Writes the jar: same program, same bytes.
   *
   * @param sources those of a network with a plan
   * @throws dev.peephole.runtime.data.DataException if the file cannot be written
   */
  public static void write(Path file, Compilation compilation, JavaSources sources) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    RuntimeClasses.addTo(entries, sources.target());
    CompiledClasses compiled = MemoryCompiler.compile(sources.files());
    compiled
        .bytes()
        .forEach((name, bytes) -> entries.put(name.replace('.', '/') + ".class", bytes));
    compiled.texts().forEach((name, text) -> entries.put(name, bytes(text)));
    Map<String, String> program = ProgramFiles.of(compilation, sources);
    program.forEach((name, text) -> entries.put(PROGRAM + name, bytes(text)));
    entries.put(PROGRAM + "files", bytes(String.join("\n", program.keySet()) + "\n"));
    byte[] manifest = manifest(sources.training().orElseThrow());
    AtomicFile.write(file, out -> write(out, manifest, entries));
  }

  private static void write(OutputStream out, byte[] manifest, SortedMap<String, byte[]> entries)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    add(zip, "META-INF/MANIFEST.MF", manifest);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      add(zip, entry.getKey(), entry.getValue());
    }
    zip.finish();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ALWAYS);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] manifest(String mainClass) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, mainClass);
    attributes.put(Attributes.Name.MULTI_RELEASE, "true");
    attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      manifest.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
