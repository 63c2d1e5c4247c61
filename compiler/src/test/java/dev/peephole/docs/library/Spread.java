package dev.peephole.docs.library;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Program;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The numbers that an initializer draws for a matrix of 60 rows and 40 columns, with seed 1. */
record Spread(double[] numbers) {
  private static final int BARS = 40;

  static Spread of(Application application) {
    Program checked = application.checked();
    return new Spread(
        new Interpreter(1, 1).run(checked.parameters().get(0).initializer(), List.of()).get(0));
  }

  /** How many there are, how great, and how far around their mean, in a sentence. */
  String sentence() {
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double square =
        Arrays.stream(numbers).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
    return String.format(
        Locale.ROOT,
        "From %.3f to %.3f, their mean is %.3f and their standard deviation %.3f.",
        Arrays.stream(numbers).min().orElseThrow(),
        Arrays.stream(numbers).max().orElseThrow(),
        mean,
        Math.sqrt(square));
  }

  String svg(String name) {
    double most = Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    double bar = 2 * most / BARS;
    int[] counts = new int[BARS];
    for (double number : numbers) {
      counts[Math.min(BARS - 1, (int) ((number + most) / bar))]++;
    }
    int highest = Arrays.stream(counts).max().orElseThrow();
    Drawing drawing = new Drawing(-1.1 * most, 1.1 * most, 0, 1.08 * highest);
    IntStream.range(0, BARS)
        .filter(i -> counts[i] > 0)
        .forEach(i -> drawing.bar(i * bar - most, (i + 1) * bar - most, counts[i]));
    double tick = Math.round(most * 100) / 100.0;
    return drawing
        .ticks(List.of(-tick, 0.0, tick), List.of(0.0, (double) highest))
        .svg("how often " + name + " draws which numbers");
  }
}
