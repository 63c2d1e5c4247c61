package dev.peephole.samples;

import dev.peephole.runtime.kernel.Philox;

/**
 * Makes the table of {@code fever.csv}. Nobody's temperature was taken: the numbers come from a
 * formula of this project's own and mean nothing in medicine.
 *
 * <p>A temperature of T °C lies f = max(0, T − 37) above normal. Untreated, it rises by a fifth of
 * f in two hours. A medicine of d mg works against that, and twice the dose does not work twice as
 * well: its effect saturates with the share d / (d + 300) (the curve of Hill, 1910). Normally
 * distributed noise comes on top:
 *
 * <pre>
 * later = T + 0.2 f − f d / (d + 300) + 0.15 ε
 * </pre>
 *
 * <p>Temperatures lie between 36 and 41 °C and are read to a tenth of a degree, doses between 0 and
 * 1000 mg in steps of 50.
 */
final class FeverData {
  static final double NORMAL = 37;
  static final double RISE = 0.2;
  static final double HALF_DOSE = 300;
  static final double NOISE = 0.15;

  private static final int ROWS = 400;
  private static final long SEED = 2;

  private FeverData() {}

  /** The whole file, with a header; the same on every machine. */
  static String csv() {
    Philox random = new Philox(SEED, 0);
    StringBuilder csv = new StringBuilder("temperature,dose,later\n");
    for (int row = 0; row < ROWS; row++) {
      int temperature = 360 + random.nextInt(51);
      int dose = 50 * random.nextInt(21);
      double later = later(temperature / 10.0, dose) + NOISE * random.nextGaussian();
      csv.append(tenths(temperature)).append(',');
      csv.append(dose).append(',');
      csv.append(tenths((int) Math.round(10 * later))).append('\n');
    }
    return csv.toString();
  }

  /** The temperature to expect two hours after a dose, in °C. */
  static double later(double temperature, double dose) {
    double fever = Math.max(0, temperature - NORMAL);
    return temperature + RISE * fever - fever * dose / (dose + HALF_DOSE);
  }

  private static String tenths(int number) {
    return number / 10 + "." + number % 10;
  }
}
