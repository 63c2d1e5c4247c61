package dev.peephole.runtime.data.format;

import static dev.peephole.runtime.data.example.Binding.bind;
import static dev.peephole.runtime.data.example.Selector.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.example.RawExamples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  /** A JPEG of 2 × 2 pixels in cyan, magenta, yellow and black. */
  private static final String FOR_PRINTING =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwCgbniMeGSgjIKMtKqgvvD///Dc3PD////////////////////////////////"
          + "//////////////////////////8AAFAgAAgACBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAAAAAAAAP/xA"
          + "AUEAEAAAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AGGUj//Z";

  @TempDir Path folder;

  /** As Pillow 9.4 has them: {@code Image.fromarray(a, mode="F").resize((w, h), BILINEAR)}. */
  @Test
  void resizesAsPillowDoes() {
    double[] image = new double[35];
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 7; column++) {
        image[7 * row + column] = (7 * row + 3 * column * column) % 11;
      }
    }
    Resizing resizing = new Resizing(5, 7, 1);
    assertThat(resizing.apply(image, 3, 4))
        .containsExactly(
            new double[] {
              4.3333, 4.2000, 3.5657, 7.0476, 5.6138, 4.8356,
              4.6133, 3.4974, 6.8027, 3.7600, 5.2629, 5.7755
            },
            within(1e-4));
    assertThat(Arrays.copyOf(resizing.apply(image, 9, 6), 12))
        .containsExactly(
            new double[] {
              0.5625, 2.3750, 2.7500, 4.4375, 7.4375, 9.0000,
              2.8958, 4.7083, 3.4792, 3.1042, 6.1042, 7.6667
            },
            within(1e-4));
  }

  @Test
  void classesAndImagesAreInTheOrderOfTheirNames() throws IOException {
    image("dog/b.png", 2, 2, BufferedImage.TYPE_INT_RGB, 0xff0000);
    image("dog/a.gif", 3, 5, BufferedImage.TYPE_INT_RGB, 0x0000ff);
    image("cat/Z.bmp", 4, 4, BufferedImage.TYPE_INT_RGB, 0x00ff00);
    Files.writeString(folder.resolve("images/cat/.hidden"), "");
    RawExamples raw = load(2, 2, 3);
    assertThat(raw.labelNames(new int[] {0})).isEqualTo(Map.of("kind", List.of("cat", "dog")));
    List<Object> arrays = raw.prepare(Map.of(), raw.labelNames(new int[] {0})).arrays();
    assertThat((int[]) arrays.get(1)).containsExactly(0, 1, 1);
    float[] x = (float[]) arrays.get(0);
    assertThat(x).hasSize(36);
    assertThat(new float[] {x[0], x[1], x[2]}).containsExactly(0, 1, 0);
    assertThat(new float[] {x[12], x[13], x[14]}).containsExactly(0, 0, 1);
    assertThat(new float[] {x[24], x[25], x[26]}).containsExactly(1, 0, 0);
  }

  @Test
  void coloursBecomeGreyAndGreyStaysWhatItIs() throws IOException {
    image("a/1.png", 1, 1, BufferedImage.TYPE_INT_RGB, 0xff8000);
    BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 51);
    ImageIO.write(grey, "png", folder.resolve("images/a/2.png").toFile());
    image("a/3.png", 1, 1, BufferedImage.TYPE_INT_ARGB, 0x00123456);
    float[] x = (float[]) load(1, 1, 1).prepare(Map.of(), Map.of()).arrays().get(0);
    assertThat(x[0]).isCloseTo((float) (0.299 + 0.587 * 128 / 255), within(1 / 255f));
    assertThat(x[1]).isEqualTo(0.2f);
    assertThat(x[2]).as("paper is white").isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    says(() -> load(new Images("image"), 2, 2, 1), "is no such folder", "did you mean images?");
    says(() -> load(2, 2, 1), "has no folders in it", "a folder for each class");
    Files.createDirectories(folder.resolve("images/cat"));
    says(() -> load(2, 2, 1), "has no images in it", "the images of one class");
    Path file = folder.resolve("images/cat/1.jpg");
    Files.writeString(file, "meow");
    says(() -> load(2, 2, 1), "is no image, or in a format that is not known", "PNG, JPEG");
    Files.write(file, Base64.getDecoder().decode(FOR_PRINTING));
    says(() -> load(2, 2, 1), "has colours for printing", "red, green and blue");
    byte[] whole = {};
    for (String format : List.of("png", "jpg", "gif", "bmp")) {
      BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 1600; pixel++) {
        noise.setRGB(pixel % 40, pixel / 40, pixel * pixel * 0x12345);
      }
      ImageIO.write(noise, format, file.toFile());
      whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      says(() -> load(2, 2, 1), "is damaged", "copied to its end");
    }
    Files.write(file, whole);
    says(() -> load(2, 2, 4), "images do not fill x, which is [2, 2, 4]", "[height, width, 3]");
    Files.write(folder.resolve("images/cat/2.jpg"), whole);
    Files.write(folder.resolve("images/cat/3.jpg"), whole);
    says(() -> load(30_000, 30_000), "3 images of 900000000 numbers", "declare smaller images");
  }

  private static void says(ThrowingCallable load, String message, String hint) {
    assertThatThrownBy(load)
        .isInstanceOfSatisfying(
            DataException.class,
            problem -> {
              assertThat(problem).hasMessageContaining(message);
              assertThat(problem.hint().orElse("")).contains(hint);
            });
  }

  private void image(String name, int height, int width, int type, int colour) throws IOException {
    Path file = folder.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, type);
    for (int pixel = 0; pixel < height * width; pixel++) {
      image.setRGB(pixel % width, pixel / width, colour);
    }
    ImageIO.write(image, name.substring(name.indexOf('.') + 1), file.toFile());
  }

  private RawExamples load(int... shape) {
    return load(new Images("images"), shape);
  }

  private RawExamples load(Images images, int... shape) {
    return RawExamples.load(
        images,
        DataFolder.of(folder),
        List.of(bind("x", field("image")), bind("kind", field("label"))),
        List.of(Tensor.of("x", new float[0], shape), Tensor.labels("kind", 2, new int[1])),
        0);
  }
}
