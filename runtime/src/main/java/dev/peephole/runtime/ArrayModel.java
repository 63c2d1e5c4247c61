package dev.peephole.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A model whose parameters are arrays on the host. It says once what they are and what the
 * optimizer remembers of each; the rest of what the training loop asks about them is here.
 *
 * @param <A> {@code float[]}, or {@code double[]} for checks
 */
public abstract class ArrayModel<A> extends BufferedModel<A> {
  @SuppressWarnings("unchecked")
  private Parameter<A>[] trained = new Parameter[0];

  private final List<Tensor> kept = new ArrayList<>();
  private final Map<String, Parameter<A>[]> groups = new HashMap<>();
  private boolean declared;

  /**
   * @param name the network's in the model file
   * @param reals makes an array of numbers
   */
  protected ArrayModel(String name, IntFunction<A> reals) {
    super(name, reals);
  }

  /**
   * Says what is trained, by calls of {@link #parameter}, {@link #group} and {@code remember}, and
   * by {@link #kept} what layers keep; called once.
   */
  protected abstract void declare();

  /**
   * Adds a parameter.
   *
   * @param path what weights files call it, such as {@code dense1.W}
   * @param value its numbers
   * @param gradient where the backward pass writes the derivative of the loss by each
   * @param shape its axes; none for a single number
   */
  protected final void parameter(String path, A value, A gradient, int... shape) {
    trained = Arrays.copyOf(trained, trained.length + 1);
    trained[trained.length - 1] = new Parameter<>(path, value, gradient, shape);
  }

  /**
   * Adds what a layer keeps from one step of training to the next.
   *
   * @param path what weights files call it, such as {@code batch_norm1.running_mean}
   * @param value its numbers
   * @param shape its axes; none for a single number
   */
  protected final void kept(String path, A value, int... shape) {
    kept.add(
        value instanceof float[] floats
            ? Tensor.of(path, floats, shape)
            : Tensor.of(path, (double[]) value, shape));
  }

  /**
   * Adds what the optimizer remembers of each number of each parameter there is so far.
   *
   * @param first what it is before the first step
   */
  protected final void remember(String name, double first) {
    for (Parameter<A> parameter : trained) {
      parameter.remember(name, first);
    }
  }

  /** Puts some of the parameters there are so far together, by their paths. */
  protected final void group(String name, String... paths) {
    List<String> wanted = List.of(paths);
    groups.put(
        name,
        Stream.of(trained)
            .filter(parameter -> wanted.contains(parameter.path()))
            .toArray(length -> Arrays.copyOf(trained, length)));
  }

  /** Adds what the optimizer of a group remembers of each number of its parameters. */
  protected final void remember(String group, String name, double first) {
    for (Parameter<A> parameter : groups.get(group)) {
      parameter.remember(name, first);
    }
  }

  /** The parameters of a group; not a copy. */
  protected final Parameter<A>[] trained(String group) {
    trained();
    return groups.get(group);
  }

  /** Makes all that the optimizer remembers what it is before the first step. */
  protected final void forget() {
    for (Parameter<A> parameter : trained()) {
      parameter.forget();
    }
  }

  /** The parameters, in the order in which they were added; not a copy. */
  protected final Parameter<A>[] trained() {
    if (!declared) {
      declared = true;
      declare();
    }
    return trained;
  }

  @Override
  public List<Tensor> parameters() {
    return Stream.of(trained()).map(Parameter::valueTensor).toList();
  }

  @Override
  public List<Tensor> states() {
    trained();
    return List.copyOf(kept);
  }

  @Override
  public List<Tensor> gradients() {
    return Stream.of(trained()).map(Parameter::gradientTensor).toList();
  }

  @Override
  public List<Tensor> optimizerStates() {
    return Stream.of(trained()).flatMap(parameter -> parameter.stateTensors().stream()).toList();
  }
}
