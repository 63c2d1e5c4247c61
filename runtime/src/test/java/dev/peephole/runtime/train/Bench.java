package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.file.Safetensors;
import dev.peephole.runtime.train.command.Arguments;
import dev.peephole.runtime.train.plan.Plan;
import dev.peephole.runtime.train.plan.Program;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A folder to train in, with a console that remembers. */
public final class Bench {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  public Bench(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  public Program program(Plan plan, Supplier<? extends Model> model) {
    return program(plan, model, model);
  }

  /** With another model to look into. */
  public Program program(
      Plan plan, Supplier<? extends Model> model, Supplier<? extends Model> textbook) {
    Map<String, String> files = Map.of(plan.modelFile(), "network Line {}\n", "java/Line.java", "");
    return new Program(plan, model, textbook, folder, files);
  }

  public Console console() {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Quietly into a run folder of this name. */
  public RunOptions into(String run, String... further) {
    return options("--out=" + path(run), further);
  }

  /** Quietly on with a run folder of this name. */
  public RunOptions resume(String run, String... further) {
    return options("--resume=" + path(run), further);
  }

  private static RunOptions options(String folder, String... further) {
    List<String> args = new ArrayList<>(List.of("--quiet", folder));
    args.addAll(List.of(further));
    return new Arguments(args.toArray(String[]::new)).options("cpu");
  }

  /** A model with the weights of a run. */
  <M extends Model> M trained(String run, M model) {
    Path file = path(run).resolve("weights.safetensors");
    Safetensors.read(file).copyTo("", model.parameters());
    return model;
  }

  /** The log without what depends on the clock. */
  public List<String> log(String run) throws IOException {
    return Files.readAllLines(path(run).resolve("log.jsonl")).stream()
        .map(
            line ->
                line.replaceAll(
                    "\"(seconds|examples_per_second|report_seconds|report_once_seconds)\":[^,}]*",
                    "\"$1\":0"))
        .map(line -> line.replaceAll("\"run\":\"[^\"]*\"", "\"run\":\"\""))
        .toList();
  }
}
