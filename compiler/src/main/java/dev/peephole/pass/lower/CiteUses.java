package dev.peephole.pass.lower;

import dev.peephole.ir.Origin;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Caption;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Loads;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels.Network;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says above the gradient of a value in a recurrence in which equations of the forward pass the
 * value stands, because the gradient has a part for each of them.
 *
 * <pre>
 * before   dc = dcNext + ds ⊙ o ⊙ (1 − tanh²) + dz_o ⊙ p_o
 * after    c stands in   o = σ(z_o + c ⊙ p_o)
 *                        tanh = tanh(c)
 *          dc = dcNext + ds ⊙ o ⊙ (1 − tanh²) + dz_o ⊙ p_o
 * </pre>
 */
public final class CiteUses {
  private final List<Kernel.Recurrence> forward;

  /** The network with what is said above its gradients. */
  public static Network run(Network network) {
    Map<Phase, List<Kernel>> phases = new EnumMap<>(network.phases());
    CiteUses all = new CiteUses(phases.values().stream().flatMap(List::stream));
    phases.computeIfPresent(Phase.BACKWARD, (phase, kernels) -> all.beside(kernels));
    return network.withPhases(phases);
  }

  /**
   * @param forward the kernels of the forward pass
   */
  private CiteUses(Stream<Kernel> forward) {
    this.forward =
        forward
            .filter(kernel -> kernel instanceof Kernel.Recurrence)
            .map(kernel -> (Kernel.Recurrence) kernel)
            .toList();
  }

  /** The kernels of the backward pass, with what is said above some of them. */
  private List<Kernel> beside(List<Kernel> backward) {
    return backward.stream()
        .map(kernel -> kernel instanceof Kernel.Recurrence r ? r.withBody(told(r.body())) : kernel)
        .toList();
  }

  private List<Kernel> told(List<Kernel> body) {
    return body.stream().map(kernel -> kernel.below(lines(kernel))).toList();
  }

  /**
   * Nothing, unless it computes the gradient of a value that the model names and equations read.
   */
  private List<Caption> lines(Kernel kernel) {
    for (Origin.Of of : kernel.origin().gradientOf()) {
      List<Caption> lines = of.value().named() ? equationsWith(of.value()) : List.of();
      if (!lines.isEmpty()) {
        return lines;
      }
    }
    return List.of();
  }

  private List<Caption> equationsWith(Var value) {
    List<Caption> lines = new ArrayList<>();
    for (Kernel.Recurrence recurrence : forward) {
      for (Kernel kernel : recurrence.body()) {
        Optional<Var> read =
            isOfOneStep(value, recurrence) && !(kernel instanceof Kernel.Alias)
                ? Loads.of(kernel).stream().map(Scalar.Load::var).filter(value::is).findFirst()
                : Optional.empty();
        for (String formula : read.isPresent() ? kernel.formulas() : List.<String>of()) {
          String head = read.get().name() + " stands in   ";
          String text = (lines.isEmpty() ? head : " ".repeat(head.length())) + formula;
          lines.add(Caption.words(text, kernel.origin()));
        }
      }
    }
    return lines;
  }

  /** Whether each time step has this value: computed in it, or left by the one before. */
  private static boolean isOfOneStep(Var value, Kernel.Recurrence recurrence) {
    return Stream.concat(
            recurrence.before().stream(),
            recurrence.body().stream().flatMap(k -> k.results().stream()))
        .anyMatch(value::is);
  }
}
