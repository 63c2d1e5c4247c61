package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds out where the first number came from that is not finite.
 *
 * <p>Fast code keeps few values. So the batch is computed once more, with the same parameters, in
 * code that keeps all of them.
 */
final class Diagnosis {
  private final Model model;
  private final Supplier<? extends Model> textbook;

  Diagnosis(Model model, Supplier<? extends Model> textbook) {
    this.model = model;
    this.textbook = textbook;
  }

  /**
   * The error of a batch whose loss is not finite.
   *
   * @param n how many examples of the model's buffers the batch has
   * @param when the time, such as {@code in epoch 3, at step 17}
   * @param since what made the parameters what they are, such as {@code step 16}
   */
  DivergenceException explain(double loss, int n, String when, String since) {
    String message = "the loss is " + loss + " " + when;
    model.download();
    for (Tensor parameter : model.parameters()) {
      if (!parameter.isFinite(parameter.length())) {
        String culprit = "the parameter " + parameter.name() + " is not finite after " + since;
        return new DivergenceException(message, culprit, "");
      }
    }
    Model copy = textbook.get();
    int steps = Arrays.stream(model.lengths()).limit(n).max().orElse(1);
    copy.reserve(n, steps);
    System.arraycopy(model.lengths(), 0, copy.lengths(), 0, copy.lengths().length);
    copy(model.parameters(), copy.parameters(), n, steps);
    copy(model.inputs(), copy.inputs(), n, steps);
    copy(model.targets(), copy.targets(), n, steps);
    copy(model.carried(), copy.carried(), n, steps);
    System.arraycopy(model.continues(), 0, copy.continues(), 0, copy.continues().length);
    copy.mode().copyFrom(model.mode());
    copy.loss(n);
    for (Model.Value value : copy.values()) {
      Tensor tensor = value.tensor();
      if (!tensor.isFinite(rows(tensor, n, steps))) {
        String culprit = "the first value that is not finite: " + value.equation();
        return new DivergenceException(message, culprit, value.origin());
      }
    }
    return new DivergenceException(message, "no value before it is; it overflows only there", "");
  }

  /** Copies the first n rows, or as many as there are. */
  private static void copy(List<Tensor> from, List<Tensor> to, int n, int steps) {
    for (int t = 0; t < from.size(); t++) {
      to.get(t).copyFrom(from.get(t), rows(to.get(t), n, steps));
    }
  }

  /** The numbers in the first n rows, or in as many as there are. */
  private static int rows(Tensor tensor, int n, int steps) {
    return (int) Math.min((long) n * tensor.size(steps), tensor.length());
  }
}
