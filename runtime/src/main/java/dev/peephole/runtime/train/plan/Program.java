package dev.peephole.runtime.train.plan;

import dev.peephole.runtime.Model;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the compiler made of a model file.
 *
 * @param plan how the network is trained
 * @param model makes the network to train
 * @param textbook makes the same network in code that keeps every named value, to look into where
 *     the loss is not finite
 * @param folder the folder that the plan's paths are relative to
 * @param files what a run folder keeps of the program: the model file and the generated sources, by
 *     their names relative to that folder
 * @param trace finds out where a gradient is not finite, if the compiler is at hand
 */
public record Program(
    Plan plan,
    Supplier<? extends Model> model,
    Supplier<? extends Model> textbook,
    Path folder,
    Map<String, String> files,
    Optional<EquationTrace> trace) {

  public Program {
    files = Map.copyOf(files);
  }

  /** The same network trained by another plan. */
  public Program with(Plan other) {
    return new Program(other, model, textbook, folder, files, trace);
  }

  /** A program without its compiler. */
  public Program(
      Plan plan,
      Supplier<? extends Model> model,
      Supplier<? extends Model> textbook,
      Path folder,
      Map<String, String> files) {
    this(plan, model, textbook, folder, files, Optional.empty());
  }
}
