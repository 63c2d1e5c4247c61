package dev.peephole.pass.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.pass.naming.UniqueNames;
import dev.peephole.proof.Point;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels, merged or not, compute what the equations say; those of recurrences are left out. */
class KernelsTest {
  private static final Set<Optimization> FAST = Optimization.of(Style.FAST);

  /** Programs without cells, whose kernels are compared as generated Java elsewhere. */
  static Stream<String> programs() {
    return Stream.concat(
            LongStream.range(1000, 1060).mapToObj(RandomProgram::text),
            Texts.samples().stream().map(Texts::read))
        .filter(text -> !text.contains("[784]") && !text.matches("(?s).*\\b(rnn|lstm|gru)\\b.*"));
  }

  private static Function named(Program program, Set<Optimization> optimizations) {
    return new UniqueNames().run(new NameBuffers(optimizations).run(program.step()));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void computeWhatTheEquationsSay(String text) {
    Program program = Texts.network(text).program();
    Point point = Point.random(program, 3, 41);
    for (Style style : Style.values()) {
      Set<Optimization> all = Optimization.of(style);
      for (Set<Optimization> some : List.of(all, Optimization.pointwise(all))) {
        Function function = named(program, some);
        List<double[]> expected = new Interpreter(3, 0).run(function, point.values());
        Schedule schedule = new Fuse(some).run(function);
        Schedule merged = new FuseLoops(new HashSet<>(function.outputs())).run(schedule);
        same(expected, new KernelRunner(3).run(schedule, point.values()), style, text);
        same(expected, new KernelRunner(3).run(merged, point.values()), style, text);
      }
    }
  }

  @Test
  void functionsRunOverArraysInTheFastStyleAlone() {
    Program program = Texts.network(RandomProgram.text(1000)).program();
    assertThat(functions(program, FAST)).isPositive();
    assertThat(functions(program, Optimization.pointwise(FAST))).isZero();
    assertThat(functions(program, Optimization.of(Style.TEXTBOOK))).isZero();
  }

  private static long functions(Program program, Set<Optimization> optimizations) {
    Function function = named(program, optimizations);
    return new Fuse(optimizations)
        .run(function).kernels().stream()
            .filter(k -> k instanceof Kernel.Loop loop && loop.function().isPresent())
            .count();
  }

  private static void same(
      List<double[]> expected, List<double[]> found, Style style, String text) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i))
          .as("%s%n%s", style, text)
          .containsExactly(expected.get(i), within(1e-13));
    }
  }

  /** Each loop goes over the same places as the one before, and reads others of its numbers. */
  @Test
  void loopsThatReadOtherPlacesStayApart() {
    computeWhatTheEquationsSay(
        """
        network Diagonal {
          input  x: [3, 3]
          target y: [3, 3]
          h = tanh(x |> dense(3))
          g = h * transpose(h)
          f = exp(h) - g * transpose(g)
          output p = f
          loss mse(flatten(p), flatten(y))
        }
        """);
  }

  @Test
  void theFastStyleHasFewerKernels() {
    Program program = Texts.network(RandomProgram.text(1000)).program();
    Set<Optimization> few = Optimization.of(Style.TEXTBOOK);
    Schedule textbook = new Fuse(few).run(named(program, few));
    Function fast = named(program, FAST);
    Schedule fused = new Fuse(FAST).run(fast);
    Schedule merged = new FuseLoops(new HashSet<>(fast.outputs())).run(fused);
    assertThat(kernels(fused)).isLessThan(kernels(textbook));
    assertThat(kernels(merged)).isLessThan(kernels(fused));
  }

  private static int kernels(Schedule schedule) {
    List<Kernel> all = new ArrayList<>(schedule.kernels());
    all.removeIf(Kernel.Alias.class::isInstance);
    return all.size();
  }
}
