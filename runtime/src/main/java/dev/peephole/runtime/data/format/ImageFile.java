package dev.peephole.runtime.data.format;

import dev.peephole.runtime.data.DataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An image in a file, in a format that the JDK reads: PNG, JPEG, GIF, BMP; of several the first.
 */
record ImageFile(Path path) {
  /** Larger ones, in pixels, hardly were meant, and would fill the memory. */
  private static final long LARGEST = 100_000_000;

  private static final String FORMATS = "PNG, JPEG, GIF and BMP are read";
  private static final int MOST = 255;

  /** Whether a file begins as an image does. */
  static boolean recognises(Path path) {
    try (ImageInputStream in = open(path)) {
      return ImageIO.getImageReaders(in).hasNext();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static ImageInputStream open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    return new MemoryCacheImageInputStream(in) {
      @Override
      public void close() throws IOException {
        super.close();
        in.close();
      }
    };
  }

  /**
   * Reads the image as numbers from 0, black, to 1, row by row and, in a pixel, by channels. It is
   * stretched to the size that is wanted. Grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R
   * BT.601), and paper behind what is transparent is white.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @throws DataException if it cannot be read
   */
  double[] read(int height, int width, int channels) {
    BufferedImage image = decoded();
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      throw forPrinting(); // the JDK shows other colours than were meant
    }
    double[] numbers = isGrey(image) ? grey(image, channels) : coloured(image, channels);
    return new Resizing(image.getHeight(), image.getWidth(), channels)
        .apply(numbers, height, width);
  }

  private BufferedImage decoded() {
    try (ImageInputStream in = open(path)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw problem("is no image, or in a format that is not known", FORMATS);
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > LARGEST) {
          throw problem("is too large: " + pixels + " pixels", "make it smaller");
        }
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        Optional<String> end = warnings.stream().filter(ImageFile::tellsOfAnEnd).findFirst();
        if (end.isPresent()) {
          throw damaged(end.get());
        }
        return image;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw unreadable(e);
    }
  }

  private DataException unreadable(Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return why.contains("Unsupported Image Type") ? forPrinting() : damaged(why);
  }

  private DataException forPrinting() {
    return problem("has colours for printing, such as CMYK", "save it with red, green and blue");
  }

  private DataException damaged(String why) {
    return problem("is damaged: " + why, "was it copied to its end?");
  }

  /** Where a JPEG ends too early, the JDK fills it up with grey, and only warns. */
  private static boolean tellsOfAnEnd(String warning) {
    return warning.contains("Truncated") || warning.contains("premature end");
  }

  private DataException problem(String message, String hint) {
    return DataException.in(path.toString(), message, hint);
  }

  private static boolean isGrey(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(image.getColorModel() instanceof IndexColorModel);
  }

  /** Grey levels as they are in the file; getRGB would take them for linear and brighten them. */
  private static double[] grey(BufferedImage image, int channels) {
    Raster raster = image.getRaster();
    double most = Math.pow(2, image.getColorModel().getComponentSize(0)) - 1;
    boolean alpha = image.getColorModel().hasAlpha();
    int width = image.getWidth();
    double[] numbers = new double[image.getHeight() * width * channels];
    for (int pixel = 0; pixel < image.getHeight() * width; pixel++) {
      int row = pixel / width;
      int column = pixel % width;
      double level = raster.getSample(column, row, 0) / most;
      double opaque = alpha ? raster.getSample(column, row, 1) / most : 1;
      for (int c = 0; c < channels; c++) {
        numbers[pixel * channels + c] = onWhite(level, opaque);
      }
    }
    return numbers;
  }

  private static double[] coloured(BufferedImage image, int channels) {
    int width = image.getWidth();
    double[] numbers = new double[image.getHeight() * width * channels];
    for (int pixel = 0; pixel < image.getHeight() * width; pixel++) {
      int colour = image.getRGB(pixel % width, pixel / width);
      double opaque = (colour >>> 24) / (double) MOST;
      double red = onWhite((colour >> 16 & MOST) / (double) MOST, opaque);
      double green = onWhite((colour >> 8 & MOST) / (double) MOST, opaque);
      double blue = onWhite((colour & MOST) / (double) MOST, opaque);
      if (channels == 1) {
        numbers[pixel] = 0.299 * red + 0.587 * green + 0.114 * blue;
      } else {
        numbers[pixel * channels] = red;
        numbers[pixel * channels + 1] = green;
        numbers[pixel * channels + 2] = blue;
      }
    }
    return numbers;
  }

  private static double onWhite(double level, double opaque) {
    return 1 - opaque + opaque * level;
  }
}
