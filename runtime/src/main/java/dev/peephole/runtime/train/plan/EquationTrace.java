package dev.peephole.runtime.train.plan;

import dev.peephole.runtime.Model;
import java.util.Optional;

/** Follows a network's equations to the first of a step that gives a number that is not finite. */
public interface EquationTrace {

  /**
   * The first such equation whose inputs are finite, in forward and backward pass.
   *
   * @param model with parameters, mode and a batch in its buffers
   * @param n how many examples the batch has
   * @return absent if the numbers are not finite in the model's own precision alone
   */
  Optional<Culprit> first(Model model, int n);

  /**
   * An equation.
   *
   * @param equation as generated code says it
   * @param origin where the model says so, as {@code file:line}; may be empty
   * @param overflows whether its inputs were large, so that it is no matter of this point alone
   */
  record Culprit(String equation, String origin, boolean overflows) {}
}
