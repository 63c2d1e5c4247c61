package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Pixels;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * Digits as people write them, drawn here: the fields {@code image}, 28 × 28 pixels from 0, the
 * paper, to 1, and {@code label}, 0 to 9.
 *
 * <p>The digits take turns. Each is written in one of several ways ({@link DigitShapes}) by a hand
 * that slants, turns, stretches and trembles ({@link Handwriting}), in the format of MNIST (LeCun
 * et al., 1998), which they resemble in how hard they are to tell apart.
 *
 * @param examples how many images
 * @param variety how much the hands deviate from the shapes: 0 not at all, 1 as people do
 * @param noise the most that is added to a pixel, or taken off
 */
public record Digits(int examples, double variety, double noise) implements Source {
  private static final int SIDE = Canvas.SIDE;
  private static final int LARGEST = Integer.MAX_VALUE / (SIDE * SIDE);
  private static final int KINDS = 10;

  public Digits {
    if (examples < 1 || examples > LARGEST || !(variety >= 0) || !(noise >= 0)) {
      throw new IllegalArgumentException(
          "digits are 1 to %s examples, with no negative variety or noise".formatted(LARGEST));
    }
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    return List.of(Field.of("image", SIDE, SIDE), Field.of("label"));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    Philox random = RandomStreams.generator(seed);
    Pixels images = new Pixels(name(), examples, SIDE * SIDE);
    double[] labels = new double[examples];
    Canvas canvas = new Canvas();
    Handwriting hand = new Handwriting(random, variety);
    for (int i = 0; i < examples; i++) {
      int digit = i % KINDS;
      canvas.clear();
      hand.write(digit, canvas);
      canvas.addNoise(random, noise);
      images.put(i, canvas.ink());
      labels[i] = digit;
    }
    List<Column> columns = List.of(images, new Generated(name(), 1, labels));
    return Table.of(examples, columns, requests);
  }
}
