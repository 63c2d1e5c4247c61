package dev.peephole.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.data.DataAccess;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.driver.Compilation;
import dev.peephole.driver.Frontend;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loss of two values whose shapes differ is an error, whatever was forgotten. */
class LossShapesTest {
  private static final List<String> OF_NUMBERS =
      List.of(
          "mse(p, y)",
          "mae(p, y)",
          "huber(p, y)",
          "binary_cross_entropy(p, y)",
          "binary_cross_entropy_of_probabilities(sigmoid(p), y)");

  /** An output and a target that differ: a forgotten last, an axis too many, a wrong count. */
  private static final List<List<String>> NUMBERS =
      List.of(
          List.of("dense(lstm(s, 4), 2)", "[2]"),
          List.of("dense(last(lstm(s, 4)), 2)", "[*, 2]"),
          List.of("dense(x, 2)", "[1, 2]"),
          List.of("dense(X, 2)", "[2]"),
          List.of("dense(x, 3)", "[2]"),
          List.of("dense(x, 1)", "[2]"),
          List.of("dense(x, 2)", "[1]"),
          List.of("dense(x, 2)", "[]"));

  /** The same for logits and labels. */
  private static final List<List<String>> LABELS =
      List.of(
          List.of("dense(lstm(s, 4), 3)", "class(3)"),
          List.of("dense(last(lstm(s, 4)), 3)", "[*] class(3)"),
          List.of("dense(x, 3)", "[2] class(3)"),
          List.of("dense(X, 3)", "class(3)"),
          List.of("dense(X, 3)", "[4] class(3)"),
          List.of("dense(x, 4)", "class(3)"),
          List.of("dense(x, 2)", "class(3)"));

  static Stream<String> wrong() {
    Stream<String> numbers =
        OF_NUMBERS.stream().flatMap(loss -> NUMBERS.stream().map(pair -> text(pair, loss)));
    return Stream.concat(numbers, LABELS.stream().map(pair -> text(pair, "cross_entropy(p, y)")));
  }

  static Stream<String> right() {
    Stream<String> numbers =
        OF_NUMBERS.stream()
            .flatMap(
                loss ->
                    Stream.of(
                        text(List.of("dense(x, 2)", "[2]"), loss),
                        text(List.of("dense(X, 2)", "[3, 2]"), loss),
                        text(List.of("dense(lstm(s, 4), 2)", "[*, 2]"), loss)));
    return Stream.concat(
        numbers,
        Stream.of(
            text(List.of("dense(x, 3)", "class(3)"), "cross_entropy(p, y)"),
            text(List.of("dense(X, 3)", "[3] class(3)"), "cross_entropy(p, y)"),
            text(List.of("dense(lstm(s, 4), 3)", "[*] class(3)"), "cross_entropy(p, y)")));
  }

  private static String text(List<String> pair, String loss) {
    return """
        network Losses {
          input  x: [4]
          input  X: [3, 4]
          input  s: [*, 4]
          target y: %s
          output p = %s
          loss %s
        }
        """
        .formatted(pair.get(1), pair.get(0), loss);
  }

  private static List<Diagnostic> errors(String text) {
    Compilation compilation = Frontend.compile(Path.of("losses.nn"), text, DataAccess.none());
    return compilation.errors();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isAnError(String text) {
    assertThat(errors(text)).isNotEmpty().allMatch(error -> error.code() == Code.SHAPE);
  }

  @ParameterizedTest
  @MethodSource("right")
  void isNone(String text) {
    assertThat(errors(text)).isEmpty();
  }
}
