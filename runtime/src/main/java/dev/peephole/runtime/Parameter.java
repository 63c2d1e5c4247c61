package dev.peephole.runtime;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Something that is trained: its numbers, the gradient of the loss by them, and what the optimizer
 * remembers of each.
 *
 * @param <A> {@code float[]}, or {@code double[]} for checks
 */
public final class Parameter<A> {
  private final String path;
  private final A value;
  private final A gradient;
  private final int[] shape;
  private final List<State<A>> states = new ArrayList<>();

  /** What the optimizer remembers, one number for each of the parameter's. */
  private record State<A>(String name, A numbers, double first) {}

  Parameter(String path, A value, A gradient, int... shape) {
    this.path = path;
    this.value = value;
    this.gradient = gradient;
    this.shape = shape;
  }

  /** What weights files call it. */
  String path() {
    return path;
  }

  /** Its numbers themselves. */
  public A value() {
    return value;
  }

  /** The derivative of the loss by each number. */
  public A gradient() {
    return gradient;
  }

  /** What the optimizer remembers under a name, one number for each of the parameter's. */
  public A state(String name) {
    for (int k = 0; k < states.size(); k++) {
      if (states.get(k).name.equals(name)) {
        return states.get(k).numbers;
      }
    }
    throw new IllegalArgumentException("nothing is remembered under " + name);
  }

  void remember(String name, double first) {
    Class<?> type = value.getClass();
    @SuppressWarnings("unchecked")
    A numbers = (A) Array.newInstance(type.componentType(), Array.getLength(value));
    states.add(new State<>(name, numbers, first));
  }

  /** Makes all that is remembered what it is before the first step. */
  void forget() {
    for (State<A> state : states) {
      if (state.numbers instanceof float[] floats) {
        Arrays.fill(floats, (float) state.first);
      } else {
        Arrays.fill((double[]) state.numbers, state.first);
      }
    }
  }

  Tensor valueTensor() {
    return tensor(path, value);
  }

  Tensor gradientTensor() {
    return tensor(path, gradient);
  }

  List<Tensor> stateTensors() {
    return states.stream().map(state -> tensor(path + "." + state.name, state.numbers)).toList();
  }

  private Tensor tensor(String name, A numbers) {
    return numbers instanceof float[] floats
        ? Tensor.of(name, floats, shape)
        : Tensor.of(name, (double[]) numbers, shape);
  }
}
