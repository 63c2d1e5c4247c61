package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.DENSE;
import static dev.peephole.pass.verify.ChangedKernels.kernel;
import static dev.peephole.pass.verify.ChangedKernels.network;
import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.sharing;
import static dev.peephole.pass.verify.ChangedKernels.textbook;
import static dev.peephole.pass.verify.ChangedKernels.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is still read is not written over. */
class VerifyOverwritingTest {
  @Test
  void whatIsReadIsNotWrittenOver() {
    ToKernels.Network network = textbook(DENSE);
    refused(
        sharing(network, "g", "h"),
        "in forward, g (test.nn:5) writes g over h in the buffer of h while it reads that elsewhere");
    refused(
        sharing(network, "p", "h"), "reads h, but p has been written over it in the buffer of h");
  }

  @Test
  void onlyLoopsWriteOverWhatTheyRead() {
    ToKernels.Network network = textbook(DENSE);
    Var x = network.program().inputs().get(0);
    String product =
        network.phases().get(Phase.FORWARD).stream()
            .filter(Kernel.Call.class::isInstance)
            .map(ChangedKernels::name)
            .findFirst()
            .orElseThrow();
    refused(
        network.withShared(Map.of(value(network, product), x), Set.of()),
        product + " (test.nn:4) writes " + product + " over x in the buffer of x");
  }

  /** Predictions may come between the loss and the gradients. */
  @Test
  void whatOnlyTheOutputsNeedIsWrittenOverNothingThatTheGradientsNeed() {
    ToKernels.Network network =
        textbook(
            """
            network Split {
              input  x: [4]
              target y: [4]
              z = dense(x, 4)
              output p = tanh(z)
              output q = exp(z) * 2
              e = z - y
              w = sin(e)
              loss mean(w * w * w)
            }
            """);
    assertThat(network.phases().get(Phase.OUTPUTS)).contains(kernel(network, "q"));
    assertThat(network.phases().get(Phase.LOSS)).contains(kernel(network, "w"));
    refused(
        sharing(network, "q", "w"),
        "in backward",
        "reads w, but q has been written over it in the buffer of w");
  }

  /** What a run shows of values that are not finite must be those values. */
  @Test
  void whatIsWrittenOverIsSaidToBe() {
    ToKernels.Network network = network(DENSE, Optimization.of(Style.FAST));
    assertThat(network.overwritten()).isNotEmpty();
    refused(network.withShared(network.shared(), Set.of()), "in loss", "has been written over it");
  }
}
