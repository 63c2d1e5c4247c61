package dev.peephole.runtime.data.format;

/**
 * Makes images larger or smaller: each number becomes a mean of those around its place, with
 * weights that fall evenly to 0 at the distance of one pixel of the smaller of the two images (a
 * triangle filter; between two pixels it interpolates bilinearly).
 *
 * @param height of the images as they are
 * @param width of the images as they are
 * @param channels numbers of a pixel
 */
record Resizing(int height, int width, int channels) {

  /** An image of another size; rows, columns and channels follow each other in both. */
  double[] apply(double[] image, int newHeight, int newWidth) {
    double[] wide = along(image, height, width, channels, newWidth);
    return along(wide, 1, height, newWidth * channels, newHeight);
  }

  /** Gives the middle one of three axes another length. */
  private static double[] along(double[] from, int outer, int length, int inner, int to) {
    if (length == to) {
      return from;
    }
    double[] made = new double[outer * to * inner];
    double ratio = (double) length / to;
    double reach = Math.max(1, ratio);
    for (int place = 0; place < to; place++) {
      double centre = (place + 0.5) * ratio;
      int first = Math.max(0, (int) Math.floor(centre - reach + 0.5));
      int end = Math.min(length, (int) Math.floor(centre + reach + 0.5));
      double[] weights = weights(first, end, centre, reach);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          double sum = 0;
          for (int p = first; p < end; p++) {
            sum += weights[p - first] * from[(o * length + p) * inner + i];
          }
          made[(o * to + place) * inner + i] = sum;
        }
      }
    }
    return made;
  }

  /** The weights of the places {@code first .. end}, which add up to 1. */
  private static double[] weights(int first, int end, double centre, double reach) {
    double[] weights = new double[end - first];
    double sum = 0;
    for (int p = first; p < end; p++) {
      weights[p - first] = Math.max(0, 1 - Math.abs(p + 0.5 - centre) / reach);
      sum += weights[p - first];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }
}
