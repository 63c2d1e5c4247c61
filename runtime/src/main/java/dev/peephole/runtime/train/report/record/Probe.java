package dev.peephole.runtime.train.report.record;

import dev.peephole.runtime.Insight;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks into a network: computes a few training examples, always the same, in code that keeps every
 * value, without noise and without states that are carried over. The model that is trained is only
 * read, so that it learns the same whether it is looked at or not, in whatever style and on
 * whatever device it computes.
 */
final class Probe {
  private static final int EXAMPLES = 32;

  /** With more numbers than this in all its buffers it takes fewer examples. */
  private static final long NUMBERS = 500_000;

  /** With more products than this, a number of a parameter by a step and an example, too. */
  private static final long PRODUCTS = 10_000_000;

  private final Model model;
  private final Part sample;
  private final int n;
  private final int steps;
  private final Feed feed;

  /**
   * @param textbook makes the network in code that keeps every value
   */
  Probe(Supplier<? extends Model> textbook, Part training) {
    model = textbook.get();
    model.reserve(1);
    sample = Sample.of(training, examples(training.longest()));
    n = sample.rows().length;
    steps = sample.longest();
    model.reserve(n, steps);
    feed = new Feed(sample.examples(), model, TrainingData.tensors(model));
  }

  /** How many examples it takes; a matter of sizes alone, so that it is always the same. */
  private int examples(int longest) {
    long numbers = Math.max(1, Sample.numbers(model, longest));
    long parameters = model.parameters().stream().mapToLong(Tensor::length).sum();
    long steps = Math.max(longest, timeSteps());
    long most = Math.min(NUMBERS / numbers, PRODUCTS / Math.max(1, parameters * steps));
    return (int) Math.max(1, Math.min(EXAMPLES, most));
  }

  /** How many time steps its recurrences have, if that is known without data. */
  private int timeSteps() {
    return model.values().stream()
        .mapToInt(value -> new Axes(value.axes(), 1, 1).steps())
        .max()
        .orElse(1);
  }

  /** The examples that it computes. */
  Part sample() {
    return sample;
  }

  /** What a network with these weights looks like. */
  Snapshot look(List<Tensor> weights) {
    List<Tensor> own = model.weights();
    for (int k = 0; k < own.size(); k++) {
      own.get(k).copyFrom(weights.get(k), own.get(k).length());
    }
    feed.fill(Batches.whole(sample), 0);
    model.mode().evaluate();
    model.loss(n);
    List<Snapshot.Activation> activations = new ArrayList<>();
    List<Snapshot.Activity> activities = new ArrayList<>();
    forward(activations, activities);
    model.backward(n);
    return new Snapshot(norms(), activations, backflows(), activities);
  }

  private void forward(List<Snapshot.Activation> activations, List<Snapshot.Activity> activities) {
    Insight insight = model.insight();
    Set<String> outputs =
        model.outputs().stream().map(Tensor::name).collect(Collectors.toUnmodifiableSet());
    Set<String> told =
        Stream.of(
                insight.flat().stream().map(Insight.Flat::value),
                insight.states().stream().map(Insight.State::after),
                outputs.stream())
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());
    for (Model.Value value : model.values()) {
      Tensor tensor = value.tensor();
      Axes axes = new Axes(value.axes(), n, steps);
      if (told.contains(tensor.name()) && tensor.classes() == 0 && axes.batched()) {
        Optional<Insight.Flat> flat =
            insight.flat(tensor.name()).filter(f -> !outputs.contains(tensor.name()));
        Distribution distribution = Distribution.of(tensor::get, axes, model.lengths(), flat);
        activations.add(new Snapshot.Activation(tensor.name(), flat, distribution));
        if (axes.recurrent()) {
          activities.add(new Snapshot.Activity(tensor.name(), flat, overTime(tensor, axes)));
        }
      }
    }
  }

  /** The numbers of the first example by unit and time step. */
  private double[][] overTime(Tensor tensor, Axes axes) {
    int length = model.lengths().length == 0 ? axes.steps() : model.lengths()[0];
    double[][] numbers = new double[axes.units()][length];
    for (int i = 0; i < axes.size(); i++) {
      if (axes.example(i) == 0 && axes.step(i) < length) {
        numbers[axes.unit(i)][axes.step(i)] = tensor.get(i);
      }
    }
    return numbers;
  }

  private List<Snapshot.Norms> norms() {
    List<Snapshot.Norms> norms = new ArrayList<>();
    for (int k = 0; k < model.parameters().size(); k++) {
      Tensor parameter = model.parameters().get(k);
      double gradient = norm(model.gradients().get(k));
      norms.add(new Snapshot.Norms(parameter.name(), norm(parameter), gradient));
    }
    return norms;
  }

  private static double norm(Tensor tensor) {
    double squares = 0;
    for (int i = 0; i < tensor.length(); i++) {
      squares += tensor.get(i) * tensor.get(i);
    }
    return Math.sqrt(squares);
  }

  private List<Snapshot.Backflow> backflows() {
    Insight insight = model.insight();
    List<Snapshot.Backflow> backflows = new ArrayList<>();
    for (Insight.State state : insight.states()) {
      insight.gradients().stream()
          .filter(gradient -> gradient.of().equals(state.before()))
          .forEach(gradient -> backflows.add(backflow(state.after(), gradient)));
    }
    return backflows;
  }

  private Snapshot.Backflow backflow(String state, Insight.Gradient gradient) {
    Axes axes = new Axes(gradient.axes(), n, steps);
    double[] squares = new double[axes.steps()];
    for (int i = 0; i < axes.size(); i++) {
      if (isWithin(axes.example(i), axes.step(i))) {
        double one = n * gradient.tensor().get(i); // the loss is the mean over n examples
        squares[axes.step(i)] += one * one;
      }
    }
    for (int t = 0; t < squares.length; t++) {
      int reaching = 0;
      for (int example = 0; example < n; example++) {
        reaching += isWithin(example, t) ? 1 : 0;
      }
      squares[t] = Math.sqrt(squares[t] / reaching);
    }
    return new Snapshot.Backflow(state, squares);
  }

  private boolean isWithin(int example, int step) {
    return model.lengths().length == 0 || step < model.lengths()[example];
  }
}
