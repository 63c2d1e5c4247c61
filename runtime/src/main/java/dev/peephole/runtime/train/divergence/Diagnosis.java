package dev.peephole.runtime.train.divergence;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.train.plan.EquationTrace;
import dev.peephole.runtime.train.plan.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out where the first number came from that is not finite.
 *
 * <p>Fast code keeps few values. So the batch is computed once more, with the same parameters, in
 * code that keeps all of them; and the gradients, where the compiler is at hand, by its equations.
 */
public final class Diagnosis {
  private final Model model;
  private final Supplier<? extends Model> textbook;
  private final Optional<EquationTrace> trace;

  /** For a model that is an instance of the program. */
  public Diagnosis(Model model, Program program) {
    this.model = model;
    this.textbook = program.textbook();
    this.trace = program.trace();
  }

  /**
   * The error of a batch whose loss is not finite.
   *
   * @param n how many examples of the model's buffers the batch has
   * @param when the time, such as {@code in epoch 3, at step 17}
   * @param remedy what to do if it grew out of bounds in the forward pass
   */
  public DivergenceException explain(double loss, int n, String when, Remedy remedy) {
    String message = "the loss is " + loss + " " + when;
    model.download();
    for (Tensor parameter : model.parameters()) {
      if (!parameter.isFinite(parameter.length())) {
        String culprit = "the parameter " + parameter.name() + " is not finite";
        return new DivergenceException(message, culprit, "", remedy);
      }
    }
    Model copy = copy(n);
    copy.loss(n);
    return forward(copy, n, message, remedy)
        .orElseGet(
            () ->
                new DivergenceException(
                    message, "no value before it is; it overflows only there", "", remedy));
  }

  /** The error of a batch that made parameters infinite; the model has those from before it. */
  public DivergenceException explainUpdate(int n, String when, Remedy remedy) {
    Model copy = copy(n);
    double loss = copy.loss(n);
    Optional<DivergenceException> forward =
        forward(copy, n, "the loss is " + loss + " " + when, remedy);
    if (forward.isPresent()) {
      return forward.get();
    }
    copy.backward(n);
    for (Tensor gradient : copy.gradients()) {
      if (!gradient.isFinite(gradient.length())) {
        return backward(copy, n, gradient.name() + " is not finite " + when, remedy);
      }
    }
    String message = "the update makes parameters infinite " + when;
    return new DivergenceException(message, "loss and gradients before it are finite", "", remedy);
  }

  /** The first value of the forward pass that is not finite, if there is one. */
  private static Optional<DivergenceException> forward(
      Model copy, int n, String message, Remedy remedy) {
    for (Model.Value value : copy.values()) {
      Tensor tensor = value.tensor();
      if (!tensor.isFinite(rows(tensor, n, steps(copy, n)))) {
        String culprit = "the first value that is not finite: " + value.equation();
        return Optional.of(new DivergenceException(message, culprit, value.origin(), remedy));
      }
    }
    return Optional.empty();
  }

  private DivergenceException backward(Model copy, int n, String message, Remedy grown) {
    Optional<EquationTrace.Culprit> found = trace.flatMap(t -> t.first(copy, n));
    Remedy remedy =
        grown == Remedy.CLIP && found.map(EquationTrace.Culprit::overflows).orElse(true)
            ? grown
            : Remedy.DERIVATIVE;
    return new DivergenceException(
        "the gradient " + message,
        found
            .map(c -> "the first value that is not finite, in the backward pass: " + c.equation())
            .orElse("all values of the forward pass are finite"),
        found.map(EquationTrace.Culprit::origin).orElse(""),
        remedy);
  }

  /** The batch and the weights in a model that keeps every value. */
  private Model copy(int n) {
    Model copy = textbook.get();
    int steps = steps(model, n);
    copy.reserve(n, steps);
    System.arraycopy(model.lengths(), 0, copy.lengths(), 0, copy.lengths().length);
    copy(model.weights(), copy.weights(), n, steps);
    copy(model.inputs(), copy.inputs(), n, steps);
    copy(model.targets(), copy.targets(), n, steps);
    copy(model.carried(), copy.carried(), n, steps);
    System.arraycopy(model.continues(), 0, copy.continues(), 0, copy.continues().length);
    copy.mode().copyFrom(model.mode());
    return copy;
  }

  private static int steps(Model model, int n) {
    return Arrays.stream(model.lengths()).limit(n).max().orElse(1);
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
