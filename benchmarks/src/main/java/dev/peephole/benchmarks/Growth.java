package dev.peephole.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the time of a training step of the peephole LSTM grows with its sizes, as a plot in SVG. */
final class Growth {
  private static final int STEPS = 50;
  private static final int BATCH = 32;
  private static final int UNITS = 128;
  private static final double SECONDS = 1;

  private static final int WIDTH = 300;
  private static final int HEIGHT = 220;
  private static final int MARGIN = 48;

  /** The times of one size after another. */
  private record Curve(String name, int[] sizes, List<Double> seconds) {}

  private final String model;
  private final Clock clock;
  private final StringBuilder svg = new StringBuilder();

  /**
   * @param models the folder of the model files
   */
  Growth(Path models, Clock clock) throws IOException {
    this.clock = clock;
    model = Files.readString(models.resolve("peephole-50.nn"));
  }

  /** Measures and writes the plot; says the figures as a table in Markdown. */
  String run(Path file) throws IOException {
    List<Curve> curves =
        List.of(
            curve("time steps", new int[] {10, 20, 50, 100, 200}, n -> time(n, BATCH, UNITS)),
            curve("batch", new int[] {1, 4, 16, 64, 128}, n -> time(STEPS, n, UNITS)),
            curve("units", new int[] {16, 32, 64, 128, 256}, n -> time(STEPS, BATCH, n)));
    Files.writeString(file, plot(curves));
    StringBuilder table = new StringBuilder("| of | size | time of a step |\n|---|--:|--:|\n");
    for (Curve curve : curves) {
      for (int i = 0; i < curve.sizes.length; i++) {
        table.append(
            "| %s | %d | %s |%n"
                .formatted(curve.name, curve.sizes[i], Report.time(curve.seconds.get(i))));
      }
    }
    return table.toString();
  }

  private interface Size {
    double seconds(int size) throws IOException;
  }

  private static Curve curve(String name, int[] sizes, Size size) throws IOException {
    List<Double> seconds = new ArrayList<>();
    for (int n : sizes) {
      System.err.println(name + " " + n + " …");
      seconds.add(size.seconds(n));
    }
    return new Curve(name, sizes, seconds);
  }

  /** The seconds of a step of the network with other sizes. */
  private double time(int steps, int batch, int units) throws IOException {
    Path folder = Files.createTempDirectory("peephole");
    Path file = folder.resolve("grown.nn");
    Path start = folder.resolve("start.safetensors");
    Files.writeString(
        file,
        model
            .replace("[50, 64]", "[" + steps + ", 64]")
            .replace("window    50", "window    " + steps)
            .replace("128", String.valueOf(units)));
    try (Generated generated = new Generated(folder, clock)) {
      generated.open(new Workload("", "grown", batch, Workload.Kind.TRAIN, 1), start);
      generated.time(2 * SECONDS);
      List<Double> rounds = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rounds.add(generated.time(SECONDS / 2));
      }
      return Measured.median(rounds);
    } finally {
      Files.deleteIfExists(start);
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private String plot(List<Curve> curves) {
    int width = curves.size() * WIDTH;
    line("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'", width, HEIGHT + 20);
    line("  font-family='sans-serif' font-size='11'>");
    line("<rect width='100%%' height='100%%' fill='white'/>");
    double greatest =
        curves.stream().flatMap(c -> c.seconds.stream()).mapToDouble(s -> s).max().orElse(1);
    double least =
        curves.stream().flatMap(c -> c.seconds.stream()).mapToDouble(s -> s).min().orElse(1);
    for (int i = 0; i < curves.size(); i++) {
      panel(curves.get(i), i * WIDTH, least, greatest);
    }
    line("</svg>");
    return svg.toString();
  }

  /** Both axes are logarithmic; the dashed line is what grows in proportion to the size. */
  private void panel(Curve curve, int left, double least, double greatest) {
    int[] sizes = curve.sizes;
    int last = sizes.length - 1;
    StringBuilder points = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      double x = left + x(sizes[i], sizes);
      points.append("%.1f,%.1f ".formatted(x, y(curve.seconds.get(i), least, greatest)));
    }
    double proportional = curve.seconds.get(last) * sizes[0] / sizes[last];
    line(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#999' stroke-dasharray='4 3'/>",
        left + x(sizes[0], sizes),
        y(Math.max(proportional, least), least, greatest),
        left + x(sizes[last], sizes),
        y(curve.seconds.get(last), least, greatest));
    line("<polyline points='%s' fill='none' stroke='#1f5fa8'/>", points.toString().strip());
    for (int i = 0; i <= last; i++) {
      double x = left + x(sizes[i], sizes);
      point(x, y(curve.seconds.get(i), least, greatest), Report.time(curve.seconds.get(i)));
      line("<text x='%.1f' y='%d' text-anchor='middle'>%d</text>", x, HEIGHT - 16, sizes[i]);
    }
    line(
        "<text x='%d' y='%d' text-anchor='middle'>%s</text>",
        left + WIDTH / 2, HEIGHT + 6, curve.name);
  }

  /** Its time stands on the left, above the line that comes from below, with a white rim. */
  private void point(double x, double y, String time) {
    line("<circle cx='%.1f' cy='%.1f' r='3' fill='#1f5fa8'/>", x, y);
    line(
        "<text x='%.1f' y='%.1f' text-anchor='end' font-size='10' stroke='white'"
            + " stroke-width='3' paint-order='stroke'>%s</text>",
        x + 2, y - 7, time);
  }

  private static double x(double size, int[] sizes) {
    double share =
        Math.log(size / sizes[0]) / Math.log((double) sizes[sizes.length - 1] / sizes[0]);
    return MARGIN + share * (WIDTH - 2 * MARGIN);
  }

  private static double y(double seconds, double least, double greatest) {
    double share = Math.log(seconds / least) / Math.log(greatest / least);
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
  }

  private void line(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
