package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.LINEAR;
import static dev.peephole.pass.verify.ChangedKernels.RECURRENT;
import static dev.peephole.pass.verify.ChangedKernels.inside;
import static dev.peephole.pass.verify.ChangedKernels.recurrence;
import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.replacing;
import static dev.peephole.pass.verify.ChangedKernels.textbook;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A recurrence goes on from the states of the step before, and each step writes its results. */
class VerifyRecurrencesTest {
  @Test
  void stepsOfARecurrenceReadWhatTheStepComputes() {
    ToKernels.Network network = textbook(RECURRENT);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    refused(
        inside(
            network,
            Phase.FORWARD,
            forward,
            all -> {
              List<Kernel> reversed = new ArrayList<>(all);
              Collections.reverse(reversed);
              return reversed;
            }),
        "which nothing before it has written");
  }

  @Test
  void statesAreNotWrittenOverThoseOfOtherSteps() {
    ToKernels.Network network = textbook(LINEAR);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    Var before = forward.before().get(0);
    Var states = forward.results().get(0);
    refused(
        network.withShared(Map.of(before, states), Set.of()),
        "s (test.nn:11) writes sPrev over s of other steps");
  }

  @Test
  void statesBeginWithAWholeValue() {
    ToKernels.Network network = textbook(RECURRENT);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    Var states = forward.results().get(0);
    Var other =
        network.phases().get(Phase.BACKWARD).stream()
            .flatMap(kernel -> kernel.results().stream())
            .filter(v -> v.type().equals(forward.before().get(0).type()))
            .findFirst()
            .orElseThrow();
    Kernel.Recurrence begun =
        beginning(forward, new Scalar.Load(other, Kernel.positions(other.shape())));
    refused(
        replacing(network, forward, begun),
        "reads " + other.name() + ", which nothing before it has written");
    Scalar part = new Scalar.Load(states, List.of(Index.fixed(0), Index.loop(0), Index.loop(1)));
    refused(replacing(network, forward, beginning(forward, part)), "begins with a part of");
  }

  private static Kernel.Recurrence beginning(Kernel.Recurrence recurrence, Scalar first) {
    Kernel.State state = recurrence.states().get(0);
    return new Kernel.Recurrence(
        recurrence.parts(),
        List.of(new Kernel.State(state.of(), first, state.begins(), state.follows())),
        recurrence.body(),
        recurrence.origin());
  }

  /** Steps of sequences of other sizes do not lie where each other's do. */
  @Test
  void timeStepsThatAreToComeAreNotWrittenOver() {
    ToKernels.Network network = textbook(RECURRENT);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    Var read = forward.given().get(0);
    Var written = forward.results().get(0);
    refused(
        network.withShared(Map.of(read, written), Set.of()),
        "in forward",
        "reads %s, but %s has been written over it".formatted(read.name(), written.name()));
  }
}
