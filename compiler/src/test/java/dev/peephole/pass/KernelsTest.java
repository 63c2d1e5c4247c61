package dev.peephole.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Schedule;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Point;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels, merged or not, compute what the equations say; those of recurrences are left out. */
class KernelsTest {

  /** Programs without cells, whose kernels are compared as generated Java elsewhere. */
  static Stream<String> programs() {
    return Stream.concat(
            LongStream.range(1000, 1060).mapToObj(RandomProgram::text),
            Texts.samples().stream().map(Texts::read))
        .filter(text -> !text.contains("[784]") && !text.matches("(?s).*\\b(rnn|lstm|gru)\\b.*"));
  }

  private static Function named(Program program, Style style) {
    return named(program, style, true);
  }

  private static Function named(Program program, Style style, boolean arrays) {
    return new UniqueNames().run(new NameKept(style, arrays).run(program.step()));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void computeWhatTheEquationsSay(String text) {
    Program program = Texts.network(text).program();
    Point point = Point.random(program, 3, 41);
    for (Style style : Style.values()) {
      for (boolean arrays : new boolean[] {true, false}) {
        Function function = named(program, style, arrays);
        List<double[]> expected = new Interpreter(3, 0).run(function, point.values());
        Schedule schedule = new Fuse(style, arrays).run(function);
        Schedule merged = new MergeLoops(new HashSet<>(function.outputs())).run(schedule);
        same(expected, new KernelRunner(3).run(schedule, point.values()), style, text);
        same(expected, new KernelRunner(3).run(merged, point.values()), style, text);
      }
    }
  }

  @Test
  void functionsRunOverArraysInTheFastStyleAlone() {
    Program program = Texts.network(RandomProgram.text(1000)).program();
    assertThat(functions(program, Style.FAST, true)).isPositive();
    assertThat(functions(program, Style.FAST, false)).isZero();
    assertThat(functions(program, Style.TEXTBOOK, true)).isZero();
  }

  private static long functions(Program program, Style style, boolean arrays) {
    Function function = named(program, style, arrays);
    return new Fuse(style, arrays)
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
    Schedule textbook = new Fuse(Style.TEXTBOOK).run(named(program, Style.TEXTBOOK));
    Function fast = named(program, Style.FAST);
    Schedule fused = new Fuse(Style.FAST, true).run(fast);
    Schedule merged = new MergeLoops(new HashSet<>(fast.outputs())).run(fused);
    assertThat(kernels(fused)).isLessThan(kernels(textbook));
    assertThat(kernels(merged)).isLessThan(kernels(fused));
  }

  private static int kernels(Schedule schedule) {
    List<Kernel> all = new ArrayList<>(schedule.kernels());
    all.removeIf(Kernel.Alias.class::isInstance);
    return all.size();
  }
}
