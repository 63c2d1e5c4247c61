package dev.peephole.proof;

import dev.peephole.proof.RandomBody.Right;
import dev.peephole.proof.RandomBody.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes a random model file: layers and functions of the library and of the file itself, along
 * leading axes and with shared weights, arithmetic with broadcasting, selections, slices, shapes,
 * products, reductions and labels. Same seed, same text.
 */
public final class RandomProgram {
  private static final String LIBRARY =
      """
      const deep = true

      function soften(x, by = 0.5) = x / (1 + by * abs(x))

      function centred(x: [n]) {
        middle = mean(x)
        return x - middle
      }

      /// A layer around another.
      layer block(x: [n], units: int, twice: bool = false) {
        param scale: [units] = uniform(low: 0.5, high: 1.5)
        param shift: [units] = 0 when twice
        inner = dense(x, units, init: normal(deviation: 0.5))
        return tanh(inner * scale + (if twice then shift else 0))
      }

      layer weighted(x: [n]) {
        param P: [n] = normal
        return x * P
      }

      /// A form of second degree, and a term that is the same for all examples.
      layer quadratic(x: [n]) {
        param Q: [n, n] = glorot_normal
        return soften(sum(x * (Q @ x)) + 0.1 * sum(transpose(Q) @ Q))
      }

      """;

  private final RandomBody body;
  private final Random random;
  private final List<Supplier<Optional<Right>>> equations;

  private RandomProgram(long seed) {
    body = new RandomBody(seed);
    random = body.random;
    RandomElementwise elementwise = new RandomElementwise(body);
    RandomShapes shapes = new RandomShapes(body);
    RandomLayers layers = new RandomLayers(body);
    RandomWindows windows = new RandomWindows(body);
    equations =
        List.of(
            layers::dense,
            layers::block,
            layers::sharedLayer,
            elementwise::activation,
            elementwise::activation,
            elementwise::alongLastAxis,
            elementwise::arithmetic,
            elementwise::arithmetic,
            elementwise::ofOne,
            elementwise::selection,
            shapes::slice,
            shapes::position,
            shapes::reshaped,
            shapes::concatenated,
            shapes::transposed,
            shapes::acrossDiagonal,
            shapes::product,
            shapes::product,
            shapes::reduction,
            shapes::reduction,
            windows::windows,
            windows::overlapped,
            windows::pooled,
            windows::convolved,
            layers::quadratic,
            layers::recurrent,
            layers::picked,
            elementwise::stopped);
  }

  /** The text for a seed. */
  public static String text(long seed) {
    return new RandomProgram(seed).write();
  }

  private String write() {
    StringBuilder inputs = new StringBuilder();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      Value input = new Value("x" + (i + 1), body.shape(i == 0 ? 1 : random.nextInt(4)));
      inputs.append("  input  %s: %s\n".formatted(input.name(), input.shape()));
      body.given(input);
      given.add(input);
    }
    body.equation("h", new Right("weighted(x1)", given.get(0).shape()));
    int steps = 5 + random.nextInt(8);
    int count = 0;
    while (count < steps) {
      Optional<Right> right = equations.get(random.nextInt(equations.size())).get();
      if (right.isPresent()) {
        body.equation("v" + ++count, right.get());
      }
    }
    List<Value> open = body.unused();
    Value output = open.get(open.size() - 1);
    String target =
        "  input  label: class(%s)\n  target y: %s\n"
            .formatted(RandomLayers.LABELS, output.shape());
    String loss =
        open.stream()
            .filter(v -> v != output)
            .map(v -> " + 0.5 * mean(soften(%s) ^ 2)".formatted(v.name()))
            .collect(Collectors.joining());
    return LIBRARY
        + "network Random {\n"
        + inputs
        + target
        + body.text()
        + "  output %s\n".formatted(output.name())
        + "  loss huber(%s, y)%s\n}\n".formatted(output.name(), loss);
  }
}
