package dev.peephole.runtime.train;

import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.framing.Split;
import dev.peephole.runtime.data.scaling.ScalingRule;
import dev.peephole.runtime.train.metric.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a network is trained: what the {@code train} block of a model file says.
 *
 * @param network the network's name
 * @param modelFile the name of the model file, without its folder
 * @param data where the examples come from
 * @param bindings what fills which input or target
 * @param test where the examples of the test part come from, if from elsewhere
 * @param testBindings what fills which input or target in the test part
 * @param windowStep the rows between the beginnings of two windows; if absent, an example is a row,
 *     or a whole sequence if the source has some
 * @param split how the examples of {@code data} are divided
 * @param scalings fitted on the training part and applied to all
 * @param batch examples a step
 * @param epochs how often the training part is gone through
 * @param shuffle whether each epoch has an order of its own
 * @param stateful whether states are carried over from window to window
 * @param seed what everything random is drawn from
 * @param clipNorm the greatest Euclidean norm that all gradients together may have
 * @param clipValue the greatest absolute value that an element of a gradient may have
 * @param patience after how many epochs without a better validation loss training stops
 * @param metrics what is measured besides the loss
 * @param reaches the outputs that cannot take every number
 */
public record Plan(
    String network,
    String modelFile,
    Source data,
    List<Binding> bindings,
    Optional<Source> test,
    List<Binding> testBindings,
    OptionalInt windowStep,
    Split split,
    List<ScalingRule> scalings,
    int batch,
    int epochs,
    boolean shuffle,
    boolean stateful,
    long seed,
    OptionalDouble clipNorm,
    OptionalDouble clipValue,
    OptionalInt patience,
    List<String> metrics,
    List<Reach> reaches) {

  public Plan {
    bindings = List.copyOf(bindings);
    testBindings = List.copyOf(testBindings);
    scalings = List.copyOf(scalings);
    reaches = List.copyOf(reaches);
    metrics = List.copyOf(metrics);
    require(batch >= 1, "a batch has at least one example");
    require(epochs >= 1, "there is at least one epoch");
    require(
        test.isEmpty() || split.shares().size() <= 2,
        "where the test part comes from elsewhere, the data are split into two");
    require(
        patience.isEmpty() || split.shares().size() >= 2, "stopping early needs a validation part");
    require(
        windowStep.isEmpty() || data.sequential() || split.inOrder() || split.shares().size() == 1,
        "windows over a single series are split in order, so that the parts share no row");
    require(
        !stateful || windowStep.isPresent(), "states are carried over from window to window only");
    Metrics.check(metrics);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Begins the plan of a network. */
  public static PlanBuilder of(String network) {
    return new PlanBuilder(network);
  }

  /** The plan as the command line wants it. */
  Plan with(RunOptions options) {
    return new Plan(
        network,
        modelFile,
        data,
        bindings,
        test,
        testBindings,
        windowStep,
        split,
        scalings,
        options.batch().orElse(batch),
        options.epochs().orElse(epochs),
        shuffle,
        stateful,
        options.seed().orElse(seed),
        clipNorm,
        clipValue,
        patience,
        metrics,
        reaches);
  }
}
