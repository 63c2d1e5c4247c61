package dev.peephole.runtime.kernel;

import java.util.Arrays;

/**
 * Products of the windows over images with a matrix, as in a convolution: the numbers of a window
 * are multiplied where they lie, and no matrix of all windows is written.
 *
 * <p>Images are stored row after row of places, each with all its channels: [height, width,
 * channels]. A window's numbers are counted alike, so that the matrix of a convolution is [kernel
 * height · kernel width · channels, columns]. The windows of an image follow each other row by row,
 * and so do those of the images.
 *
 * <p>In single precision each result is one chain of fused multiply-adds, as in {@link
 * MatrixProduct}: over the numbers of a window, or over all windows of all images. So it is the
 * same to the last bit with the JDK's Vector API or without. Double precision is meant for checks.
 *
 * <p>An instance owns the space in which it rearranges matrices; a thread must not use another's.
 */
public final class WindowProduct {
  private final WindowForm form;
  private final Along down;
  private final Along across;
  private final int channels;
  private final Windows windows;

  /**
   * Windows along one axis.
   *
   * @param length of the axis
   * @param size how many places a window has
   * @param stride how far it is from one window to the next
   * @param dilation how far it is from one place of a window to the next
   */
  private record Along(int length, int size, int stride, int dilation) {
    int count() {
      return (length - dilation * (size - 1) - 1) / stride + 1;
    }

    Along every(int places) {
      return new Along(length, size, places, dilation);
    }

    Along spaced(int places) {
      return new Along(length, size, stride, places);
    }
  }

  /**
   * Where the windows over an image are.
   *
   * @param image how many numbers an image has
   * @param starts where in an image each window begins
   * @param offsets where in a window each of its numbers is, counted from the window's first
   * @param run so many numbers of a window always lie side by side
   */
  record Windows(int image, int[] starts, int[] offsets, int run) {

    /** How many windows an image has. */
    int count() {
      return starts.length;
    }

    /** Where a window begins, counted through all images. */
    int start(int window) {
      return window / count() * image + starts[window % count()];
    }

    /** How many numbers a window has. */
    int size() {
      return offsets.length;
    }
  }

  /** Windows that begin at each place of an image where one fits, of neighbouring places. */
  public WindowProduct(int height, int width, int channels, int kernelHeight, int kernelWidth) {
    this(
        new Along(height, kernelHeight, 1, 1),
        new Along(width, kernelWidth, 1, 1),
        channels,
        form());
  }

  private WindowProduct(Along down, Along across, int channels, WindowForm form) {
    this.form = form;
    this.down = down;
    this.across = across;
    this.channels = channels;
    this.windows = new Windows(down.length * across.length * channels, starts(), offsets(), run());
  }

  /** The same windows, but only every so many places down and across. */
  public WindowProduct every(int placesDown, int placesAcross) {
    return new WindowProduct(down.every(placesDown), across.every(placesAcross), channels, form);
  }

  /** The same windows, but with their places so far apart, down and across. */
  public WindowProduct spaced(int placesDown, int placesAcross) {
    return new WindowProduct(down.spaced(placesDown), across.spaced(placesAcross), channels, form);
  }

  /** The same windows, multiplied in another way. */
  WindowProduct by(WindowForm other) {
    return new WindowProduct(down, across, channels, other);
  }

  private static WindowForm form() {
    return VectorApi.VECTORS ? VectorForm.create() : new ScalarWindows();
  }

  /** The one class that mentions the Vector API's; it is loaded only if its module is there. */
  private static final class VectorForm {
    static WindowForm create() {
      return new VectorWindows();
    }
  }

  private int[] starts() {
    int[] starts = new int[down.count() * across.count()];
    for (int i = 0; i < down.count(); i++) {
      for (int j = 0; j < across.count(); j++) {
        starts[i * across.count() + j] = place(i * down.stride, j * across.stride);
      }
    }
    return starts;
  }

  private int[] offsets() {
    int[] offsets = new int[down.size * across.size * channels];
    int at = 0;
    for (int i = 0; i < down.size; i++) {
      for (int j = 0; j < across.size; j++) {
        for (int k = 0; k < channels; k++) {
          offsets[at++] = place(i * down.dilation, j * across.dilation) + k;
        }
      }
    }
    return offsets;
  }

  /** Where the channels of a place of an image begin. */
  private int place(int row, int column) {
    return (row * across.length + column) * channels;
  }

  private int run() {
    return across.dilation == 1 || across.size == 1 ? across.size * channels : channels;
  }

  /** z = windows of x · w, where w is numbers of a window × columns. */
  public void multiply(float[] x, float[] w, float[] z, int images, int columns) {
    form.multiply(windows, x, w, z, images, columns);
  }

  /** w = (windows of x)ᵀ · z. */
  public void multiplyLeftTransposed(float[] x, float[] z, float[] w, int images, int columns) {
    form.multiplyLeftTransposed(windows, x, z, w, images, columns);
  }

  /** x = the sum of all windows, each number where it was taken from. */
  public void overlapAdd(float[] taken, float[] x, int images) {
    Arrays.fill(x, 0, images * windows.image, 0);
    int from = 0;
    for (int n = 0; n < images; n++) {
      for (int start : windows.starts) {
        for (int k = 0; k < windows.size(); k += windows.run) {
          form.add(taken, from + k, x, n * windows.image + start + windows.offsets[k], windows.run);
        }
        from += windows.size();
      }
    }
  }

  /** z = windows of x · w in double precision. */
  public void multiply(double[] x, double[] w, double[] z, int images, int columns) {
    for (int row = 0; row < images * windows.count(); row++) {
      int start = windows.start(row);
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < windows.size(); k++) {
          sum += x[start + windows.offsets[k]] * w[k * columns + j];
        }
        z[row * columns + j] = sum;
      }
    }
  }

  /** w = (windows of x)ᵀ · z in double precision. */
  public void multiplyLeftTransposed(double[] x, double[] z, double[] w, int images, int columns) {
    Arrays.fill(w, 0, windows.size() * columns, 0);
    for (int row = 0; row < images * windows.count(); row++) {
      int start = windows.start(row);
      for (int k = 0; k < windows.size(); k++) {
        for (int j = 0; j < columns; j++) {
          w[k * columns + j] += x[start + windows.offsets[k]] * z[row * columns + j];
        }
      }
    }
  }

  /** x = the sum of all windows in double precision. */
  public void overlapAdd(double[] taken, double[] x, int images) {
    Arrays.fill(x, 0, images * windows.image, 0);
    for (int row = 0; row < images * windows.count(); row++) {
      for (int k = 0; k < windows.size(); k++) {
        x[windows.start(row) + windows.offsets[k]] += taken[row * windows.size() + k];
      }
    }
  }
}
