package dev.peephole.docs;

import dev.peephole.driver.Linker;
import dev.peephole.driver.Network;
import dev.peephole.kernel.Style;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.Locale;
import java.util.Random;

/** How great the gradients of the weights are before the first step, for random examples. */
final class FirstGradients {
  private static final int BATCH = 64;
  private static final long SEED = 1;

  private FirstGradients() {}

  /** A line a matrix: its name, and the root of the mean square of its gradient. */
  static String of(Network network) {
    Model model = Linker.inDouble(network, Style.TEXTBOOK);
    model.reserve(BATCH);
    model.initialize(SEED);
    Random random = new Random(SEED);
    model.inputs().forEach(input -> fill(input, random));
    model.targets().forEach(target -> fill(target, random));
    model.loss(BATCH);
    model.backward(BATCH);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < model.parameters().size(); i++) {
      if (network.program().weights().get(i).shape().rank() == 2) {
        String name = model.parameters().get(i).name();
        double size = rootMeanSquare(model.gradients().get(i));
        text.append("%-10s  %s%n".formatted(name, String.format(Locale.ROOT, "%.6f", size)));
      }
    }
    return text.toString();
  }

  private static void fill(Tensor tensor, Random random) {
    for (int k = 0; k < tensor.length(); k++) {
      int classes = tensor.classes();
      tensor.set(k, classes > 0 ? random.nextInt(classes) : random.nextGaussian());
    }
  }

  private static double rootMeanSquare(Tensor tensor) {
    double sum = 0;
    for (int k = 0; k < tensor.length(); k++) {
      sum += tensor.get(k) * tensor.get(k);
    }
    return Math.sqrt(sum / tensor.length());
  }
}
