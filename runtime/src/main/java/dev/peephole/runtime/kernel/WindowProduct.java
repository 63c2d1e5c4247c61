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
  private final int height;
  private final int width;
  private final int channels;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int strideDown;
  private final int strideAcross;
  private final int dilationDown;
  private final int dilationAcross;
  private final Windows windows;

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
    this(height, width, channels, kernelHeight, kernelWidth, 1, 1, 1, 1, form());
  }

  private WindowProduct(
      int height,
      int width,
      int channels,
      int kernelHeight,
      int kernelWidth,
      int strideDown,
      int strideAcross,
      int dilationDown,
      int dilationAcross,
      WindowForm form) {
    this.form = form;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.strideDown = strideDown;
    this.strideAcross = strideAcross;
    this.dilationDown = dilationDown;
    this.dilationAcross = dilationAcross;
    this.windows = new Windows(height * width * channels, starts(), offsets(), run());
  }

  /** The same windows, but only every so many places down and across. */
  public WindowProduct every(int down, int across) {
    return new WindowProduct(
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        down,
        across,
        dilationDown,
        dilationAcross,
        form);
  }

  /** The same windows, but with their places so far apart, down and across. */
  public WindowProduct spaced(int down, int across) {
    return new WindowProduct(
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        strideDown,
        strideAcross,
        down,
        across,
        form);
  }

  /** The same windows, multiplied in another way. */
  WindowProduct by(WindowForm other) {
    return new WindowProduct(
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        strideDown,
        strideAcross,
        dilationDown,
        dilationAcross,
        other);
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
    int down = (height - dilationDown * (kernelHeight - 1) - 1) / strideDown + 1;
    int across = (width - dilationAcross * (kernelWidth - 1) - 1) / strideAcross + 1;
    int[] starts = new int[down * across];
    for (int i = 0; i < down; i++) {
      for (int j = 0; j < across; j++) {
        starts[i * across + j] = (i * strideDown * width + j * strideAcross) * channels;
      }
    }
    return starts;
  }

  private int[] offsets() {
    int[] offsets = new int[kernelHeight * kernelWidth * channels];
    int at = 0;
    for (int i = 0; i < kernelHeight; i++) {
      for (int j = 0; j < kernelWidth; j++) {
        for (int k = 0; k < channels; k++) {
          offsets[at++] = (i * dilationDown * width + j * dilationAcross) * channels + k;
        }
      }
    }
    return offsets;
  }

  private int run() {
    return dilationAcross == 1 || kernelWidth == 1 ? kernelWidth * channels : channels;
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
