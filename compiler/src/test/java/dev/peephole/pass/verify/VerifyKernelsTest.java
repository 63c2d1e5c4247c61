package dev.peephole.pass.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.driver.Network;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.op.Elementwise;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that compute something else than they seem to are refused; those of the passes hold. */
class VerifyKernelsTest {
  private static final String DENSE =
      """
      network Fit {
        input  x: [4, 4]
        target y: [4, 4]
        h = tanh(x |> dense(4))
        g = h * transpose(h)
        output p = g |> dense(4)
        loss mse(flatten(p), flatten(y))
      }
      """;

  private static final String RECURRENT =
      """
      network Follow {
        input  x: [6, 2]
        target y: [3]
        output p = last(rnn(x, 3))
        loss mse(p, y)
      }
      """;

  private static final String LINEAR =
      """
      cell leaky(x: [m], units: int) {
        param W: [m, units] = glorot_uniform
        state s: [units] = 0
        s = 0.5 * sum(prev s) + x @ W
        return s
      }

      network Leak {
        input  x: [6, 2]
        target y: [3]
        output p = last(leaky(x, 3))
        loss mse(p, y)
      }
      """;

  static Stream<String> programs() {
    return Stream.concat(Texts.samples().stream().map(Texts::read), small());
  }

  static Stream<String> small() {
    return Stream.concat(
        LongStream.range(0, 4).mapToObj(RandomProgram::text),
        LongStream.range(0, 4).mapToObj(RandomCell::text));
  }

  private static Stream<Set<Optimization>> optimizations(boolean each) {
    Set<Optimization> fast = Optimization.of(Style.FAST);
    return Stream.concat(
        Stream.of(fast, Optimization.of(Style.TEXTBOOK), Optimization.onDevice(fast)),
        Arrays.stream(Optimization.values()).filter(o -> each).map(Optimization::without));
  }

  private static ToKernels.Network network(String text, Set<Optimization> optimizations) {
    Network network = Texts.network(text);
    return Pipeline.lower(Pipeline.run(network.checked(), optimizations), optimizations);
  }

  private static ToKernels.Network textbook(String text) {
    return network(text, Optimization.of(Style.TEXTBOOK));
  }

  /** The pipeline itself verifies what comes out of each of its steps. */
  @ParameterizedTest
  @MethodSource("programs")
  void whatThePassesMakeHolds(String text) {
    optimizations(false).forEach(some -> holds(text, some));
  }

  @ParameterizedTest
  @MethodSource("small")
  void whatThePassesMakeWithoutOneOptimizationHolds(String text) {
    optimizations(true).forEach(some -> holds(text, some));
  }

  private static void holds(String text, Set<Optimization> some) {
    assertThatCode(() -> VerifyKernels.verify(network(text, some), "here"))
        .as("%s of%n%s", some, text)
        .doesNotThrowAnyException();
  }

  /** Nothing is computed for nothing, and nothing twice. */
  @ParameterizedTest
  @MethodSource("small")
  void everyKernelIsNeededOnce(String text) {
    for (Style style : Style.values()) {
      ToKernels.Network network = network(text, Optimization.of(style));
      for (Phase phase : Phase.values()) {
        List<Kernel> kernels = network.phases().get(phase);
        for (int i = 0; i < kernels.size(); i++) {
          Kernel kernel = kernels.get(i);
          if (!(kernel instanceof Kernel.Alias)) {
            int place = i;
            refused(with(network, phase, all -> without(all, place)), "reads");
            refused(with(network, phase, all -> twice(all, place)), "written");
          }
          if (kernel instanceof Kernel.Recurrence recurrence) {
            everyKernelIsNeededOnce(network, phase, recurrence);
          }
        }
      }
    }
  }

  private static void everyKernelIsNeededOnce(
      ToKernels.Network network, Phase phase, Kernel.Recurrence recurrence) {
    for (int i = 0; i < recurrence.body().size(); i++) {
      int place = i;
      if (!(recurrence.body().get(i) instanceof Kernel.Alias)) {
        refused(inside(network, phase, recurrence, all -> without(all, place)), "reads");
        refused(inside(network, phase, recurrence, all -> twice(all, place)), "written");
      }
    }
  }

  private static String name(Kernel kernel) {
    return kernel.results().get(0).name();
  }

  private static List<Kernel> without(List<Kernel> kernels, int place) {
    List<Kernel> fewer = new ArrayList<>(kernels);
    fewer.remove(place);
    return fewer;
  }

  private static List<Kernel> twice(List<Kernel> kernels, int place) {
    List<Kernel> more = new ArrayList<>(kernels);
    more.add(place, kernels.get(place));
    return more;
  }

  private static ToKernels.Network with(
      ToKernels.Network network, Phase phase, UnaryOperator<List<Kernel>> change) {
    Map<Phase, List<Kernel>> phases = new EnumMap<>(network.phases());
    phases.compute(phase, (same, kernels) -> change.apply(kernels));
    return network.withPhases(phases);
  }

  private static ToKernels.Network inside(
      ToKernels.Network network,
      Phase phase,
      Kernel.Recurrence recurrence,
      UnaryOperator<List<Kernel>> change) {
    Kernel changed = recurrence.withBody(change.apply(recurrence.body()));
    return with(
        network, phase, all -> all.stream().map(k -> k == recurrence ? changed : k).toList());
  }

  private static void refused(ToKernels.Network network, String... message) {
    assertThatThrownBy(() -> VerifyKernels.verify(network, "here"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("after here: in ")
        .hasMessageContainingAll(message);
  }

  /** The first kernel with a result of this name. */
  private static Kernel kernel(ToKernels.Network network, String name) {
    return network.phases().values().stream()
        .flatMap(List::stream)
        .flatMap(k -> k instanceof Kernel.Recurrence r ? r.body().stream() : Stream.of(k))
        .filter(k -> k.results().stream().anyMatch(v -> v.name().equals(name)))
        .findFirst()
        .orElseThrow();
  }

  private static Var value(ToKernels.Network network, String name) {
    return kernel(network, name).results().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Kernel.Recurrence recurrence(ToKernels.Network network, Phase phase) {
    return network.phases().get(phase).stream()
        .filter(Kernel.Recurrence.class::isInstance)
        .map(Kernel.Recurrence.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static ToKernels.Network replacing(ToKernels.Network network, Kernel old, Kernel other) {
    ToKernels.Network changed = network;
    for (Phase phase : Phase.values()) {
      changed = with(changed, phase, all -> all.stream().map(k -> k == old ? other : k).toList());
    }
    return changed;
  }

  private static ToKernels.Network sharing(ToKernels.Network network, String name, String in) {
    return network.withShared(Map.of(value(network, name), value(network, in)), Set.of());
  }

  private static Kernel.Loop loop(
      ToKernels.Network network, String name, UnaryOperator<Kernel.Statement> change) {
    Kernel.Loop loop = (Kernel.Loop) kernel(network, name);
    return loop.withBody(loop.body().stream().map(change).toList());
  }

  private static Kernel.Statement computing(Kernel.Statement s, Scalar value) {
    return new Kernel.Statement(s.name(), s.out(), s.at(), value, s.stored(), s.origin());
  }

  private static Kernel.Statement writing(Kernel.Statement s, List<Index> at) {
    return new Kernel.Statement(s.name(), s.out(), at, s.value(), s.stored(), s.origin());
  }

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
    assertThatCode(() -> VerifyKernels.verify(good, "here")).doesNotThrowAnyException();
    refused(
        replacing(network, g, loop(network, "g", s -> computing(s, beyond))),
        "3 … 4] of h[N, 4, 4], outside of its shape");
  }

  @Test
  void everyPlaceIsWritten() {
    ToKernels.Network network = textbook(DENSE);
    Kernel.Loop whole = (Kernel.Loop) kernel(network, "h");
    Shape narrow = whole.domain().with(2, 3);
    Kernel.Loop part =
        new Kernel.Loop(narrow, whole.body(), Optional.empty(), List.of(), whole.origin());
    refused(replacing(network, whole, part), "reads h, of which only a part has been written");
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
            .map(VerifyKernelsTest::name)
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
    Var before = forward.scan().before().get(0);
    Var states = forward.equation().outs().get(0);
    refused(
        network.withShared(Map.of(before, states), Set.of()),
        "s (test.nn:11) writes sPrev over s of other steps");
  }

  @Test
  void statesBeginWithAWholeValue() {
    ToKernels.Network network = textbook(RECURRENT);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    Var states = forward.equation().outs().get(0);
    Var other =
        network.phases().get(Phase.BACKWARD).stream()
            .flatMap(kernel -> kernel.results().stream())
            .filter(v -> v.type().equals(forward.scan().before().get(0).type()))
            .findFirst()
            .orElseThrow();
    Kernel.Recurrence begun =
        new Kernel.Recurrence(
            forward.equation(),
            List.of(new Scalar.Load(other, Kernel.positions(other.shape()))),
            forward.body(),
            forward.origin());
    refused(
        replacing(network, forward, begun),
        "reads " + other.name() + ", which nothing before it has written");
    Scalar part = new Scalar.Load(states, List.of(Index.fixed(0), Index.loop(0), Index.loop(1)));
    Kernel.Recurrence cut =
        new Kernel.Recurrence(forward.equation(), List.of(part), forward.body(), forward.origin());
    refused(replacing(network, forward, cut), "begins with a part of");
  }

  /** Steps of sequences of other sizes do not lie where each other's do. */
  @Test
  void timeStepsThatAreToComeAreNotWrittenOver() {
    ToKernels.Network network = textbook(RECURRENT);
    Kernel.Recurrence forward = recurrence(network, Phase.FORWARD);
    Var read = forward.given().get(0);
    Var written = forward.equation().outs().get(0);
    refused(
        network.withShared(Map.of(read, written), Set.of()),
        "in forward",
        "reads %s, but %s has been written over it".formatted(read.name(), written.name()));
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
            whole.domain().with(2, 3),
            whole.body(),
            Optional.of(Elementwise.TANH),
            List.of(),
            whole.origin());
    refused(replacing(network, whole, part), "applies a function to all of h");
  }

  /** What a run shows of values that are not finite must be those values. */
  @Test
  void whatIsWrittenOverIsSaidToBe() {
    ToKernels.Network network = network(DENSE, Optimization.of(Style.FAST));
    assertThat(network.overwritten()).isNotEmpty();
    refused(network.withShared(network.shared(), Set.of()), "in loss", "has been written over it");
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
