package dev.peephole.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** PyTorch 2 through the Deep Java Library; answers what {@code pytorch.py} answers. */
public final class Djl {
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private Network network;
  private Optimizer optimizer;
  private NDArray x;
  private NDArray y;
  private boolean predicts;

  private Djl() {}

  /** Takes the number of threads. */
  public static void main(String[] args) throws IOException {
    System.setProperty("ai.djl.pytorch.num_threads", args[0]);
    System.setProperty("ai.djl.pytorch.num_interop_threads", args[0]);
    System.setProperty("ai.djl.offline", "true");
    PrintStream answers = System.out;
    System.setOut(System.err);
    Djl djl = new Djl();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.println(djl.answer(line.split(" ")));
      answers.flush();
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "version" -> Engine.getEngine("PyTorch").getVersion();
      case "library" -> secondsOfProduct() + " " + Loaded.matrixLibraries();
      case "open" -> open(words[1], words[2], Path.of(words[3]));
      case "losses" -> losses(Integer.parseInt(words[1]));
      case "time" -> String.valueOf(secondsEach(this::step, Double.parseDouble(words[1])));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private String open(String model, String kind, Path file) throws IOException {
    Map<String, NDArray> weights = new TreeMap<>();
    for (Map.Entry<String, NDArray> entry : Arrays.read(file, manager).entrySet()) {
      String[] name = entry.getKey().split("/");
      switch (name[0]) {
        case "input" -> x = entry.getValue();
        case "target" -> y = entry.getValue();
        default -> weights.put(name[1], entry.getValue());
      }
    }
    if (x.getShape().dimension() == 3) {
      x = x.transpose(1, 0, 2).duplicate();
    }
    predicts = kind.equals("PREDICT");
    network = new Network(model, weights);
    optimizer =
        model.equals("xor")
            ? Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.5f)).optMomentum(0.9f).build()
            : Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.001f)).build();
    return "ready";
  }

  private String losses(int steps) {
    StringJoiner all = new StringJoiner(" ");
    for (int i = 0; i < steps; i++) {
      all.add(String.valueOf(step()));
    }
    return all.toString();
  }

  /** What a step makes goes with its manager. */
  private double step() {
    try (NDManager here = manager.newSubManager()) {
      x.attach(here);
      double result = predicts ? network.outputs(x).sum().getFloat() : train();
      x.attach(manager);
      return result;
    }
  }

  private double train() {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = network.loss(network.apply(x), y);
      collector.backward(loss);
      network
          .trained()
          .forEach(
              (name, weight) -> {
                try (NDArray gradient = network.gradient(name)) {
                  optimizer.update(name, weight, gradient);
                }
              });
      collector.zeroGradients();
      return loss.getFloat();
    }
  }

  /** Of two matrices of 1024 × 1024 numbers, the least of some tries. */
  private double secondsOfProduct() {
    try (NDManager here = manager.newSubManager()) {
      NDArray a = here.randomUniform(0, 1, new Shape(1024, 1024));
      NDArray b = here.randomUniform(0, 1, new Shape(1024, 1024));
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 10; i++) {
        least = Math.min(least, secondsEach(() -> product(a, b), 0.1));
      }
      return least;
    }
  }

  private static double product(NDArray a, NDArray b) {
    try (NDArray c = a.matMul(b)) {
      return c.size();
    }
  }

  private static double secondsEach(DoubleSupplier action, double seconds) {
    long start = System.nanoTime();
    long count = 0;
    do {
      action.getAsDouble();
      count++;
    } while (System.nanoTime() - start < seconds * 1e9);
    return (System.nanoTime() - start) / 1e9 / count;
  }
}
