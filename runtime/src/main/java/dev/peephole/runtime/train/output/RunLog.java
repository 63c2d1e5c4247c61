package dev.peephole.runtime.train.output;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The events of a run, one JSON object a line. */
final class RunLog {
  private static final String EVENT = "{\"event\":\"";
  private static final String EPOCH = EVENT + "epoch\",\"epoch\":";

  private final Path file;

  RunLog(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Adds a line. */
  void add(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw AtomicFile.unwritable(file, e);
    }
  }

  /**
   * Drops whatever it says beyond an epoch, such as what a killed process just wrote.
   *
   * @return how many epochs it knows of; fewer than are asked for if somebody else changed it
   * @throws DataException if it is no log of a run; then it stays as it is
   */
  int truncate(int epochs) {
    List<String> kept = new ArrayList<>();
    int number = 0;
    for (String line : lines()) {
      number++;
      if (!line.startsWith(EVENT) || !line.endsWith("}")) {
        throw DataException.at(
            file.toString(),
            number,
            "is no event of a run",
            "move the file away to go on without it");
      }
      if (kept.size() < epochs && line.startsWith(EPOCH)) {
        kept.add(line + "\n");
      }
    }
    AtomicFile.write(file, out -> out.write(bytes(String.join("", kept))));
    return kept.size();
  }

  /** Without a last one that is only half written. Its bytes are kept, whatever they mean. */
  private List<String> lines() {
    try {
      String text =
          exists() ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException e) {
      throw DataException.in(file.toString(), "cannot be read: " + e.getMessage(), "");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
