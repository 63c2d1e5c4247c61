package dev.peephole.pass.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.driver.Network;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pass.lower.Phases.Phase;
import dev.peephole.pass.lower.ToKernels;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Networks for tests of {@link VerifyKernels}, and kernels of theirs that are changed. */
final class ChangedKernels {
  static final String DENSE =
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

  static final String RECURRENT =
      """
      network Follow {
        input  x: [6, 2]
        target y: [3]
        output p = last(rnn(x, 3))
        loss mse(p, y)
      }
      """;

  static final String LINEAR =
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

  private ChangedKernels() {}

  static ToKernels.Network network(String text, Set<Optimization> optimizations) {
    return network(Texts.network(text), optimizations);
  }

  static ToKernels.Network network(Network network, Set<Optimization> optimizations) {
    return Pipeline.lower(network.program(optimizations), optimizations);
  }

  static ToKernels.Network textbook(String text) {
    return network(text, Optimization.of(Style.TEXTBOOK));
  }

  static String name(Kernel kernel) {
    return kernel.results().get(0).name();
  }

  static <T> List<T> without(List<T> kernels, int place) {
    List<T> fewer = new ArrayList<>(kernels);
    fewer.remove(place);
    return fewer;
  }

  static <T> List<T> twice(List<T> kernels, int place) {
    List<T> more = new ArrayList<>(kernels);
    more.add(place, kernels.get(place));
    return more;
  }

  static ToKernels.Network with(
      ToKernels.Network network, Phase phase, UnaryOperator<List<Kernel>> change) {
    Map<Phase, List<Kernel>> phases = new EnumMap<>(network.phases());
    phases.compute(phase, (same, kernels) -> change.apply(kernels));
    return network.withPhases(phases);
  }

  static ToKernels.Network inside(
      ToKernels.Network network,
      Phase phase,
      Kernel.Recurrence recurrence,
      UnaryOperator<List<Kernel>> change) {
    Kernel changed = recurrence.withBody(change.apply(recurrence.body()));
    return with(
        network, phase, all -> all.stream().map(k -> k == recurrence ? changed : k).toList());
  }

  static void refused(ToKernels.Network network, String... message) {
    refused(() -> new VerifyKernels().verify(network, "here"), message);
  }

  static void refused(ThrowingCallable verification, String... message) {
    assertThatThrownBy(verification)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("after here: in ")
        .hasMessageContainingAll(message);
  }

  /** The first kernel with a result of this name. */
  static Kernel kernel(ToKernels.Network network, String name) {
    return network.phases().values().stream()
        .flatMap(List::stream)
        .flatMap(k -> k instanceof Kernel.Recurrence r ? r.body().stream() : Stream.of(k))
        .filter(k -> k.results().stream().anyMatch(v -> v.name().equals(name)))
        .findFirst()
        .orElseThrow();
  }

  static Var value(ToKernels.Network network, String name) {
    return kernel(network, name).results().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Kernel.Recurrence recurrence(ToKernels.Network network, Phase phase) {
    return network.phases().get(phase).stream()
        .filter(Kernel.Recurrence.class::isInstance)
        .map(Kernel.Recurrence.class::cast)
        .findFirst()
        .orElseThrow();
  }

  static ToKernels.Network replacing(ToKernels.Network network, Kernel old, Kernel other) {
    ToKernels.Network changed = network;
    for (Phase phase : Phase.values()) {
      changed = with(changed, phase, all -> all.stream().map(k -> k == old ? other : k).toList());
    }
    return changed;
  }

  static ToKernels.Network sharing(ToKernels.Network network, String name, String in) {
    return network.withShared(Map.of(value(network, name), value(network, in)), Set.of());
  }

  static Kernel.Loop loop(
      ToKernels.Network network, String name, UnaryOperator<Kernel.Statement> change) {
    Kernel.Loop loop = (Kernel.Loop) kernel(network, name);
    return loop.withBody(loop.body().stream().map(change).toList());
  }

  static Kernel.Statement computing(Kernel.Statement s, Scalar value) {
    return new Kernel.Statement(
        s.name(), s.out(), s.at(), value, s.stored(), s.captions(), s.origin());
  }

  static Kernel.Statement writing(Kernel.Statement s, List<Index> at) {
    return new Kernel.Statement(
        s.name(), s.out(), at, s.value(), s.stored(), s.captions(), s.origin());
  }
}
