package dev.peephole.samples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.train.Training;
import dev.peephole.runtime.train.output.Result;
import dev.peephole.runtime.train.plan.RunOptions;
import dev.peephole.runtime.train.progress.Console;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A model file of this module, and where its data is.
 *
 * @param model relative to the module's folder
 * @param shipped whether the data ships with it, or is generated
 * @param data the folder of the data if that is elsewhere; absent if it is not on this machine
 */
record Sample(Path model, boolean shipped, Optional<Path> data) {
  static final Sample FEVER = shipped("fever/fever.nn");
  static final Sample XOR = shipped("xor/xor.nn");
  static final Sample HOMEWORK2 = shipped("homework2/homework2.nn");
  static final Sample SPIRAL = shipped("spiral/spiral.nn");
  static final Sample ADDING = shipped("adding/adding.nn");
  static final Sample REBER = shipped("reber/reber.nn");
  static final Sample ANBNCN = shipped("anbncn/anbncn.nn");
  static final Sample MEASURE = shipped("timing/measure.nn");
  static final Sample GENERATE = shipped("timing/generate.nn");
  static final Sample TAGGER = shipped("tagger/tagger.nn");
  static final Sample CHARS = shipped("chars/chars.nn");
  static final Sample DIGITS = shipped("digits/lenet5.nn");
  static final Sample AUTOENCODER = shipped("digits/autoencoder.nn");
  static final Sample IRIS = over("iris.csv", "iris/iris.nn");
  static final Sample SUNSPOTS = over("monthly-sunspots.csv", "sunspots/sunspots.nn");
  static final Sample CONVOLUTIONS = over("monthly-sunspots.csv", "sunspots/conv.nn");
  static final Sample SHAKESPEARE = over("tiny-shakespeare.txt", "chars/shakespeare.nn");
  static final Sample MNIST = over("mnist/train-images-idx3-ubyte.gz", "mnist/mlp.nn");
  static final Sample LENET = over("mnist/train-images-idx3-ubyte.gz", "mnist/lenet5.nn");

  private static Sample shipped(String model) {
    return shipped(Path.of(model));
  }

  static Sample shipped(Path model) {
    return new Sample(model, true, Optional.empty());
  }

  /** A model over a file in the folder of data sets that are not the project's. */
  private static Sample over(String file, String model) {
    Optional<Path> data =
        Optional.ofNullable(System.getenv("NNC_DATA"))
            .map(folder -> Path.of(folder, file))
            .filter(Files::exists)
            .map(Path::getParent);
    return new Sample(Path.of(model), false, data);
  }

  /** Skips a test whose data is not there. */
  Sample required() {
    assumeTrue(
        shipped || data.isPresent(), () -> "NNC_DATA names no folder with the data of " + model);
    return this;
  }

  /** The same model with data from elsewhere. */
  Sample with(Path folder) {
    return new Sample(model, shipped, Optional.of(folder));
  }

  Compilation compiled() {
    return Frontend.compile(model, DataAccess.ifThere(new DataFolder(model.getParent(), data)));
  }

  Network network() {
    return compiled().networks().get(0);
  }

  /** Trains as {@code nnc train} does, and prints nothing. */
  Result train(Style style, OptionalInt epochs, Path run) {
    Compilation compilation = compiled();
    RunOptions options =
        new RunOptions(
            OptionalInt.empty(),
            epochs,
            OptionalLong.empty(),
            data,
            Optional.of(run),
            Optional.empty(),
            false,
            true,
            false,
            OptionalInt.of(1),
            "cpu");
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Training.run(
        Linker.program(compilation, compilation.networks().get(0), style),
        options,
        new Console(nowhere, nowhere, false));
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
