package dev.peephole.runtime.train.plan;

import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.framing.Manner;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.scaling.ScalingRule;
import dev.peephole.runtime.train.metric.Asked;
import dev.peephole.runtime.train.metric.Average;
import dev.peephole.runtime.train.metric.Metrics;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How a network is trained: what the {@code train} block of a model file says. Where it says
 * nothing, everything is for training, in batches of 32, for 10 epochs, shuffled, with seed 0.
 *
 * <p>A clause is a field with its value where nothing is said, a method that reads it, and one of
 * the {@link Builder} that generated code calls. A plan that was built does not change.
 */
public final class Plan implements Cloneable {
  /** How often the training part is gone through if nothing is said. */
  public static final int EPOCHS = 10;

  private final String network;
  private String modelFile;
  private Source data;
  private List<Binding> bindings = List.of();
  private Optional<Source> test = Optional.empty();
  private List<Binding> testBindings = List.of();
  private OptionalInt windowStep = OptionalInt.empty();
  private Split split = Split.none();
  private OptionalInt folds = OptionalInt.empty();
  private List<ScalingRule> scalings = List.of();
  private Map<String, String> augmented = Map.of();
  private int batch = 32;
  private int epochs = EPOCHS;
  private boolean shuffle = true;
  private boolean stateful;
  private long seed;
  private OptionalDouble clipNorm = OptionalDouble.empty();
  private OptionalDouble clipValue = OptionalDouble.empty();
  private OptionalInt truncation = OptionalInt.empty();
  private OptionalInt patience = OptionalInt.empty();
  private Optional<String> watched = Optional.empty();
  private double leastImprovement;
  private Optional<WeightAverage> average = Optional.empty();
  private List<String> optimizers = List.of();
  private List<Asked> metrics = List.of();
  private List<Reach> reaches = List.of();

  private Plan(String network) {
    this.network = network;
    this.modelFile = network + ".nn";
  }

  /** Begins the plan of a network. */
  public static Builder of(String network) {
    return new Plan(network).new Builder();
  }

  /** The plan as the command line wants it. */
  public Plan with(RunOptions options) {
    Plan plan = copy();
    plan.batch = options.batch().orElse(batch);
    plan.epochs = options.epochs().orElse(epochs);
    plan.seed = options.seed().orElse(seed);
    plan.check();
    return plan;
  }

  private Plan copy() {
    try {
      return (Plan) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<T> with(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  private void check() {
    require(batch >= 1, "a batch has at least one example");
    require(epochs >= 1, "there is at least one epoch");
    require(
        test.isEmpty() || split.shares().size() <= 2,
        "where the test part comes from elsewhere, the data are split into two");
    require(
        patience.isEmpty() || split.shares().size() >= 2 || split.manner().given(),
        "stopping early needs a validation part");
    require(
        windowStep.isEmpty() || data.sequential() || split.inOrder() || split.shares().size() == 1,
        "windows over a single series are split in order, so that the parts share no row");
    require(
        windowStep.isEmpty() || !split.manner().asks(),
        "windows are split in order, or series by series");
    require(
        folds.isEmpty() || test.isEmpty() && split.shares().size() <= 2 && !split.manner().given(),
        "the folds are the test parts, so that there is no other");
    require(folds.orElse(2) >= 2, "there are two folds at least");
    require(
        folds.isEmpty() || windowStep.isEmpty() || data.sequential(),
        "windows over a single series cannot be folded");
    require(
        !stateful || windowStep.isPresent(), "states are carried over from window to window only");
    Metrics.check(metrics);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The network's name. */
  public String network() {
    return network;
  }

  /** The name of the model file, without its folder. */
  public String modelFile() {
    return modelFile;
  }

  /** Where the examples come from. */
  public Source data() {
    return data;
  }

  /** What fills which input or target. */
  public List<Binding> bindings() {
    return bindings;
  }

  /** Where the examples of the test part come from, if from elsewhere. */
  public Optional<Source> test() {
    return test;
  }

  /** What fills which input or target in the test part. */
  public List<Binding> testBindings() {
    return testBindings.isEmpty() ? bindings : testBindings;
  }

  /**
   * The rows between the beginnings of two windows; if absent, an example is a row, or a whole
   * sequence if the source has some.
   */
  public OptionalInt windowStep() {
    return windowStep;
  }

  /** How the examples of the data are divided. */
  public Split split() {
    return split;
  }

  /** Into how many folds the data are divided, each of which is the test part once. */
  public OptionalInt folds() {
    return folds;
  }

  /** The plan of the network for which a fold, counted from 0, is the test part. */
  public Plan fold(int number) {
    Plan plan = copy();
    plan.split = split.fold(number, folds.getAsInt());
    return plan;
  }

  /** Fitted on the training part and applied to all. */
  public List<ScalingRule> scalings() {
    return scalings;
  }

  /** The inputs that are changed in training, and the values that they become in the network. */
  public Map<String, String> augmented() {
    return augmented;
  }

  /** Examples a step. */
  public int batch() {
    return batch;
  }

  /** How often the training part is gone through. */
  public int epochs() {
    return epochs;
  }

  /** Whether each epoch has an order of its own. */
  public boolean shuffle() {
    return shuffle && !stateful;
  }

  /** Whether states are carried over from window to window. */
  public boolean stateful() {
    return stateful;
  }

  /** What everything random is drawn from. */
  public long seed() {
    return seed;
  }

  /** The greatest Euclidean norm that all gradients together may have. */
  public OptionalDouble clipNorm() {
    return clipNorm;
  }

  /** The greatest absolute value that an element of a gradient may have. */
  public OptionalDouble clipValue() {
    return clipValue;
  }

  /** How many time steps gradients go back through at most; the model sees to it. */
  public OptionalInt truncation() {
    return truncation;
  }

  /** How parameters move, as the model file says it. */
  public String optimizer() {
    return String.join("; ", optimizers);
  }

  /** After how many epochs without a better validation loss training stops. */
  public OptionalInt patience() {
    return patience;
  }

  /** The metric that is to improve; the validation loss if none is named. */
  public Optional<String> watched() {
    return watched;
  }

  /** By how much it must be better to count as improved. */
  public double leastImprovement() {
    return leastImprovement;
  }

  /** Which average of the weights is measured and kept in the place of the last ones. */
  public Optional<WeightAverage> average() {
    return average;
  }

  /** What is measured besides the loss. */
  public List<Asked> metrics() {
    return metrics;
  }

  /** The outputs that cannot take every number. */
  public List<Reach> reaches() {
    return reaches;
  }

  /** Writes a plan down, a clause a method. */
  public final class Builder {
    private Builder() {}

    /** The name of the model file, without its folder. */
    public Builder modelFile(String name) {
      modelFile = name;
      return this;
    }

    /** Where the examples come from, and what fills which input or target. */
    public Builder data(Source source, Binding... filling) {
      data = source;
      bindings = List.of(filling);
      return this;
    }

    /**
     * Where the test part comes from; it is bound as the data are unless something else is said.
     */
    public Builder test(Source source, Binding... filling) {
      test = Optional.of(source);
      testBindings = List.of(filling);
      return this;
    }

    /**
     * Makes windows over the rows of the data the examples; one begins every {@code step} rows, and
     * the bindings say which of its rows they take.
     */
    public Builder windows(int step) {
      windowStep = OptionalInt.of(step);
      return this;
    }

    /** What share of the data the training, validation and test parts get, at random. */
    public Builder split(double... shares) {
      split = split.sharing(Arrays.stream(shares).boxed().toList());
      return this;
    }

    /** The same with parts that follow each other in the data. */
    public Builder splitInOrder(double... shares) {
      return split(shares).inOrder();
    }

    /** Lets the parts follow each other in the data. */
    public Builder inOrder() {
      split = split.in(Manner.IN_ORDER);
      return this;
    }

    /** Gives each part its share of every class of a label. */
    public Builder stratifiedBy(String target) {
      split = split.in(Manner.stratified(target));
      return this;
    }

    /** Keeps together what a column says the same of. */
    public Builder groupedBy(String column) {
      split = split.in(Manner.grouped(column));
      return this;
    }

    /** Takes the parts that a column names. */
    public Builder partsBy(String column) {
      split = split.in(Manner.given(column));
      return this;
    }

    /** Divides the data into so many folds, each of which is the test part once. */
    public Builder folds(int count) {
      folds = OptionalInt.of(count);
      return this;
    }

    /** Scales tensors by their medians and quartiles. */
    public Builder robust(String... tensors) {
      for (String tensor : tensors) {
        scale(new ScalingRule.Robust(tensor));
      }
      return this;
    }

    /** Scales tensors to mean 0 and variance 1. */
    public Builder standardize(String... tensors) {
      for (String tensor : tensors) {
        scale(new ScalingRule.Standardize(tensor));
      }
      return this;
    }

    /** Scales a tensor so that it lies between two numbers. */
    public Builder rescale(String tensor, double low, double high) {
      return scale(new ScalingRule.Rescale(tensor, low, high));
    }

    private Builder scale(ScalingRule rule) {
      scalings = with(scalings, rule);
      return this;
    }

    /** Says which value of the network an input becomes in training. */
    public Builder augmented(String input, String value) {
      Map<String, String> all = new LinkedHashMap<>(augmented);
      all.put(input, value);
      augmented = Collections.unmodifiableMap(all);
      return this;
    }

    /** Examples a step. */
    public Builder batch(int examples) {
      batch = examples;
      return this;
    }

    /** How often the training part is gone through. */
    public Builder epochs(int count) {
      epochs = count;
      return this;
    }

    /** Whether each epoch has an order of its own. */
    public Builder shuffle(boolean on) {
      shuffle = on;
      return this;
    }

    /** Carries states over from window to window; the order is that of the data then. */
    public Builder stateful() {
      stateful = true;
      return this;
    }

    /** What everything random is drawn from. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** The greatest Euclidean norm that all gradients together may have. */
    public Builder clipNorm(double limit) {
      clipNorm = OptionalDouble.of(limit);
      return this;
    }

    /** The greatest absolute value that an element of a gradient may have. */
    public Builder clipValue(double limit) {
      clipValue = OptionalDouble.of(limit);
      return this;
    }

    /** How many time steps gradients go back through at most, as the model was compiled. */
    public Builder truncate(int steps) {
      truncation = OptionalInt.of(steps);
      return this;
    }

    /** How parameters move, or some of them, as the model file says it. */
    public Builder optimizer(String text) {
      optimizers = with(optimizers, text);
      return this;
    }

    /** Stops after so many epochs without a better validation loss; the best weights come back. */
    public Builder stopAfter(int fruitlessEpochs) {
      patience = OptionalInt.of(fruitlessEpochs);
      return this;
    }

    /** What the epochs that count as an improvement are better in than those before. */
    public Builder stopBy(String metric) {
      watched = Optional.of(metric);
      return this;
    }

    /** By how much they must be better. */
    public Builder stopBelow(double improvement) {
      leastImprovement = improvement;
      return this;
    }

    /** Measures and keeps an average over all steps, each counting so much less than the next. */
    public Builder averageDecay(double factor) {
      average = Optional.of(new WeightAverage(true, factor));
      return this;
    }

    /** Measures and keeps the mean over all epochs from a share of the run on. */
    public Builder averageFrom(double share) {
      average = Optional.of(new WeightAverage(false, share));
      return this;
    }

    /** A metric to be measured besides the loss. */
    public Builder metric(String name) {
      return metric(Asked.of(name));
    }

    /** A metric that takes a number, such as {@code top(5)}. */
    public Builder metric(String name, int number) {
      return metric(Asked.of(name, number));
    }

    /** A metric of several classes, such as {@code f1(macro)}. */
    public Builder metric(String name, String average) {
      return metric(Asked.of(name, Average.of(average)));
    }

    private Builder metric(Asked asked) {
      metrics = with(metrics, asked);
      return this;
    }

    /**
     * Says between which numbers an output lies, whatever is trained, so that targets which it
     * cannot come to are told of.
     *
     * @param place the line of the model that makes it so
     */
    public Builder reach(String output, String target, double low, double high, String place) {
      reaches = with(reaches, new Reach(output, target, low, high, place));
      return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException if its clauses contradict each other
     */
    public Plan build() {
      check();
      return copy();
    }
  }
}
