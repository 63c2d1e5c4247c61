package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * Points on the arms of a spiral, an arm a class: the fields {@code x}, two coordinates from -1 to
 * 1, and {@code label}.
 *
 * <p>The classes take turns. The t-th part of the way along arm c lies at radius t and at the angle
 * 2π (c / classes + ¾ t), to which noise is added.
 *
 * @param examples how many points
 * @param classes how many arms
 * @param noise the standard deviation of the angle, in radians
 */
public record Spiral(int examples, int classes, double noise) implements Source {
  private static final double TURN = 0.75;

  public Spiral {
    if (examples < 1 || classes < 1 || !(noise >= 0)) {
      throw new IllegalArgumentException("a spiral has examples, classes and no negative noise");
    }
  }

  @Override
  public String name() {
    return "spiral";
  }

  @Override
  public List<Field> fields(DataFolder folder) {
    return List.of(Field.of("x", 2), Field.of("label"));
  }

  @Override
  public Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    Philox random = RandomStreams.generator(seed);
    double[] points = new double[2 * examples];
    double[] labels = new double[examples];
    int armLength = (examples + classes - 1) / classes;
    for (int i = 0; i < examples; i++) {
      int arm = i % classes;
      double radius = (i / classes + 1.0) / armLength;
      double turns = (double) arm / classes + TURN * radius;
      double angle = 2 * Math.PI * turns + noise * random.nextGaussian();
      points[2 * i] = radius * StrictMath.cos(angle);
      points[2 * i + 1] = radius * StrictMath.sin(angle);
      labels[i] = arm;
    }
    List<Column> columns =
        List.of(new Generated(name(), 2, points), new Generated(name(), 1, labels));
    return Table.of(examples, columns, requests);
  }
}
