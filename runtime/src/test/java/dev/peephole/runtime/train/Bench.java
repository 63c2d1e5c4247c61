package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.file.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A folder to train in, with a console that remembers. */
final class Bench {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  Bench(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  Program program(Plan plan, Supplier<? extends Model> model) {
    Map<String, String> files = Map.of(plan.modelFile(), "network Line {}\n", "java/Line.java", "");
    return new Program(plan, model, model, folder, files);
  }

  Console console() {
    return console(false);
  }

  Console console(boolean terminal) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Quietly into a run folder of this name. */
  RunOptions into(String run) {
    return options(Optional.of(path(run)), Optional.empty(), OptionalInt.empty());
  }

  /** Quietly on with a run folder of this name. */
  RunOptions resume(String run) {
    return options(Optional.empty(), Optional.of(path(run)), OptionalInt.empty());
  }

  static RunOptions options(Optional<Path> out, Optional<Path> resume, OptionalInt epochs) {
    return new RunOptions(
        OptionalInt.empty(),
        epochs,
        OptionalLong.empty(),
        Optional.empty(),
        out,
        resume,
        false,
        true,
        1,
        "cpu");
  }

  /** A model with the weights of a run. */
  <M extends Model> M trained(String run, M model) {
    Path file = path(run).resolve("weights.safetensors");
    Safetensors.read(file).copyTo("", model.parameters());
    return model;
  }

  /** The log without what depends on the clock. */
  List<String> log(String run) throws IOException {
    return Files.readAllLines(path(run).resolve("log.jsonl")).stream()
        .map(line -> line.replaceAll("\"(seconds|examples_per_second)\":[^,}]*", "\"$1\":0"))
        .map(line -> line.replaceAll("\"run\":\"[^\"]*\"", "\"run\":\"\""))
        .toList();
  }
}
