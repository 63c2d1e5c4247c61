package dev.peephole.runtime.train;

import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.scaling.ScalingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Writes a {@link Plan} down, a clause a method. Where nothing is said, everything is for training,
 * in batches of 32, for 10 epochs, shuffled, with seed 0.
 */
public final class PlanBuilder {
  private final String network;
  private final List<ScalingRule> scalings = new ArrayList<>();
  private final List<Reach> reaches = new ArrayList<>();
  private String modelFile;
  private Source data;
  private List<Binding> bindings = List.of();
  private Optional<Source> test = Optional.empty();
  private List<Binding> testBindings = List.of();
  private OptionalInt windowStep = OptionalInt.empty();
  private Split split = Split.none();
  private int batch = 32;
  private int epochs = 10;
  private boolean shuffle = true;
  private boolean stateful;
  private long seed;
  private OptionalDouble clipNorm = OptionalDouble.empty();
  private OptionalDouble clipValue = OptionalDouble.empty();
  private OptionalInt patience = OptionalInt.empty();
  private List<String> metrics = List.of();

  PlanBuilder(String network) {
    this.network = network;
    this.modelFile = network + ".nn";
  }

  /** The name of the model file, without its folder. */
  public PlanBuilder modelFile(String name) {
    modelFile = name;
    return this;
  }

  /** Where the examples come from, and what fills which input or target. */
  public PlanBuilder data(Source source, Binding... filling) {
    data = source;
    bindings = List.of(filling);
    return this;
  }

  /** Where the test part comes from; it is bound as the data are unless something else is said. */
  public PlanBuilder test(Source source, Binding... filling) {
    test = Optional.of(source);
    testBindings = List.of(filling);
    return this;
  }

  /**
   * Makes windows over the rows of the data the examples; one begins every {@code step} rows, and
   * the bindings say which of its rows they take.
   */
  public PlanBuilder windows(int step) {
    windowStep = OptionalInt.of(step);
    return this;
  }

  /** What share of the data the training, validation and test parts get, at random. */
  public PlanBuilder split(double... shares) {
    split = new Split(Arrays.stream(shares).boxed().toList(), false);
    return this;
  }

  /** The same with parts that follow each other in the data. */
  public PlanBuilder splitInOrder(double... shares) {
    split = new Split(Arrays.stream(shares).boxed().toList(), true);
    return this;
  }

  /** Scales tensors to mean 0 and variance 1. */
  public PlanBuilder standardize(String... tensors) {
    for (String tensor : tensors) {
      scalings.add(new ScalingRule.Standardize(tensor));
    }
    return this;
  }

  /** Scales a tensor so that it lies between two numbers. */
  public PlanBuilder rescale(String tensor, double low, double high) {
    scalings.add(new ScalingRule.Rescale(tensor, low, high));
    return this;
  }

  /** Examples a step. */
  public PlanBuilder batch(int examples) {
    batch = examples;
    return this;
  }

  /** How often the training part is gone through. */
  public PlanBuilder epochs(int count) {
    epochs = count;
    return this;
  }

  /** Whether each epoch has an order of its own. */
  public PlanBuilder shuffle(boolean on) {
    shuffle = on;
    return this;
  }

  /** Carries states over from window to window; the order is that of the data then. */
  public PlanBuilder stateful() {
    stateful = true;
    return this;
  }

  /** What everything random is drawn from. */
  public PlanBuilder seed(long number) {
    seed = number;
    return this;
  }

  /** The greatest Euclidean norm that all gradients together may have. */
  public PlanBuilder clipNorm(double limit) {
    clipNorm = OptionalDouble.of(limit);
    return this;
  }

  /** The greatest absolute value that an element of a gradient may have. */
  public PlanBuilder clipValue(double limit) {
    clipValue = OptionalDouble.of(limit);
    return this;
  }

  /** Stops after so many epochs without a better validation loss; the best weights come back. */
  public PlanBuilder stopAfter(int fruitlessEpochs) {
    patience = OptionalInt.of(fruitlessEpochs);
    return this;
  }

  /** What is measured besides the loss. */
  public PlanBuilder metrics(String... names) {
    metrics = List.of(names);
    return this;
  }

  /**
   * Says between which numbers an output lies, whatever is trained, so that targets which it cannot
   * come to are told of.
   *
   * @param place the line of the model that makes it so
   */
  public PlanBuilder reach(String output, String target, double low, double high, String place) {
    reaches.add(new Reach(output, target, low, high, place));
    return this;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if its clauses contradict each other
   */
  public Plan build() {
    return new Plan(
        network,
        modelFile,
        data,
        bindings,
        test,
        testBindings.isEmpty() ? bindings : testBindings,
        windowStep,
        split,
        scalings,
        batch,
        epochs,
        shuffle && !stateful,
        stateful,
        seed,
        clipNorm,
        clipValue,
        patience,
        metrics,
        reaches);
  }
}
