package dev.peephole.pass.verify;

import static dev.peephole.pass.verify.ChangedKernels.DENSE;
import static dev.peephole.pass.verify.ChangedKernels.computing;
import static dev.peephole.pass.verify.ChangedKernels.kernel;
import static dev.peephole.pass.verify.ChangedKernels.loop;
import static dev.peephole.pass.verify.ChangedKernels.refused;
import static dev.peephole.pass.verify.ChangedKernels.replacing;
import static dev.peephole.pass.verify.ChangedKernels.textbook;
import static dev.peephole.pass.verify.ChangedKernels.value;
import static dev.peephole.pass.verify.ChangedKernels.with;
import static dev.peephole.pass.verify.ChangedKernels.writing;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A place is written once, and lies in its value. */
class VerifyPlacesTest {
  @Test
  void valuesAreWrittenOnce() {
    ToKernels.Network network = textbook(DENSE);
    Kernel h = kernel(network, "h");
    refused(
        with(network, Phase.LOSS, all -> Stream.concat(Stream.of(h), all.stream()).toList()),
        "in loss, h (test.nn:4) writes h, which is written already");
  }

  @Test
  void placesLieInTheirValues() {
    ToKernels.Network network = textbook(DENSE);
    Var h = value(network, "h");
    Scalar below = new Scalar.Load(h, shifted(h.shape(), 1));
    Kernel.Loop over = loop(network, "g", s -> computing(s, below));
    refused(
        replacing(network, kernel(network, "g"), over),
        "g (test.nn:5) goes to [0 … N − 1, 0 … 3, 1 … 4] of h[N, 4, 4], outside of its shape");
  }

  private static List<Index> shifted(Shape shape, int by) {
    List<Index> at = new ArrayList<>(Kernel.positions(shape));
    at.set(at.size() - 1, at.get(at.size() - 1).shifted(by));
    return at;
  }

  /** Where a test keeps the place inside, nothing is wrong. */
  @Test
  void placesBehindATestLieWhereItHolds() {
    ToKernels.Network network = textbook(DENSE);
    Var h = value(network, "h");
    Scalar next = new Scalar.Load(h, shifted(h.shape(), 1));
    Scalar within = new Scalar.WhereWithin(Index.loop(2), 0, 3, next, Scalar.number(0));
    Scalar beyond = new Scalar.WhereWithin(Index.loop(2), 0, 2, Scalar.number(0), next);
    Kernel g = kernel(network, "g");
    ToKernels.Network good = replacing(network, g, loop(network, "g", s -> computing(s, within)));
    assertThatCode(() -> new VerifyKernels().verify(good, "here")).doesNotThrowAnyException();
    refused(
        replacing(network, g, loop(network, "g", s -> computing(s, beyond))),
        "3 … 4] of h[N, 4, 4], outside of its shape");
  }

  @Test
  void noPlaceIsWrittenTwiceByALoop() {
    ToKernels.Network network = textbook(DENSE);
    Kernel h = kernel(network, "h");
    List<Index> row = List.of(Index.loop(0), Index.loop(1), Index.fixed(0));
    List<Index> diagonal = List.of(Index.loop(0), Index.loop(1), Index.loop(1));
    refused(
        replacing(network, h, loop(network, "h", s -> writing(s, row))),
        "h (test.nn:4) writes a place of h[N, 4, 4] for each step along axis 2");
    refused(
        replacing(network, h, loop(network, "h", s -> writing(s, diagonal))),
        "h (test.nn:4) writes h[N, 4, 4]",
        "no place of its own");
  }
}
