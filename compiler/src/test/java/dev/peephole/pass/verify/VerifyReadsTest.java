package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.DENSE;
import static dev.peephole.pass.verify.ChangedKernels.kernel;
import static dev.peephole.pass.verify.ChangedKernels.name;
import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.replacing;
import static dev.peephole.pass.verify.ChangedKernels.textbook;
import static dev.peephole.pass.verify.ChangedKernels.with;
import static dev.peephole.pass.verify.ChangedKernels.without;

import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.op.Elementwise;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read has been written before, all of it. */
class VerifyReadsTest {
  @Test
  void valuesAreWrittenBeforeTheyAreRead() {
    ToKernels.Network network = textbook(DENSE);
    refused(
        with(
            network,
            Phase.FORWARD,
            all -> {
              List<Kernel> reversed = new ArrayList<>(all);
              Collections.reverse(reversed);
              return reversed;
            }),
        "in forward",
        "which nothing before it has written");
  }

  @Test
  void phasesReadWhatThoseBeforeThemCompute() {
    ToKernels.Network network = textbook(DENSE);
    Kernel g = kernel(network, "g");
    ToKernels.Network later =
        with(
            with(network, Phase.FORWARD, all -> without(all, all.indexOf(g))),
            Phase.BACKWARD,
            all -> Stream.concat(Stream.of(g), all.stream()).toList());
    refused(later, "in forward", "reads g, which nothing before it has written");
  }

  @Test
  void everyPlaceIsWritten() {
    ToKernels.Network network = textbook(DENSE);
    Kernel.Loop whole = (Kernel.Loop) kernel(network, "h");
    Shape narrow = whole.domain().with(2, 3);
    Kernel.Loop part = new Kernel.Loop(narrow, whole.body(), Optional.empty(), whole.origin());
    refused(replacing(network, whole, part), "reads h, of which only a part has been written");
  }

  @Test
  void valuesOfALoopAloneAreReadWhereItStands() {
    ToKernels.Network network = textbook(DENSE);
    Kernel.Loop h = (Kernel.Loop) kernel(network, "h");
    Kernel.Loop g = (Kernel.Loop) kernel(network, "g");
    List<Kernel.Statement> both = new ArrayList<>();
    h.body().forEach(s -> both.add(s.inLoopOnly()));
    both.addAll(g.body());
    ToKernels.Network merged = replacing(network, g, g.withBody(both));
    refused(merged, "g (test.nn:5) reads h elsewhere than where the loop stands");
  }

  @Test
  void functionsOverArraysFollowALoopThatWritesAllOfIt() {
    ToKernels.Network network = textbook(DENSE);
    Kernel.Loop whole = (Kernel.Loop) kernel(network, "h");
    Kernel.Loop part =
        new Kernel.Loop(
            whole.domain().with(2, 3), whole.body(), Optional.of(Elementwise.TANH), whole.origin());
    refused(replacing(network, whole, part), "applies a function to all of h");
  }

  @Test
  void theTrainingLoopFindsWhatItReads() {
    ToKernels.Network network = textbook(DENSE);
    Kernel dW = kernel(network, network.program().gradients().get(0).name());
    refused(
        with(network, Phase.BACKWARD, all -> without(all, all.indexOf(dW))),
        "the training loop reads " + name(dW) + ", which nothing before it has written");
  }
}
