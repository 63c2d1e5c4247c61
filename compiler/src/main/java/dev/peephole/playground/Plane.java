package dev.peephole.playground;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Part;
import dev.peephole.runtime.data.scaling.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a network with two numbers for its input makes of a plane of them: its output, and what each
 * unit is there.
 */
final class Plane {
  /** The points along a side. */
  private static final int SIDE = 48;

  /** Units have a picture of every second one. */
  private static final int COARSER = 2;

  private static final int MOST_UNITS = 64;
  private static final int MOST_POINTS = 1000;
  private static final double MARGIN = 0.15;

  private final Copy copy;
  private final double[] low = new double[2];
  private final double[] high = new double[2];
  private final Run run;

  private Plane(Run run) {
    this.run = run;
    bounds();
    this.copy = new Copy(run, SIDE * SIDE, 1);
    Tensor input = copy.model().inputs().get(0);
    for (int i = 0; i < SIDE * SIDE; i++) {
      input.set(2 * i, at(0, i % SIDE));
      input.set(2 * i + 1, at(1, SIDE - 1 - i / SIDE));
    }
  }

  /** The plane of a network, if its input is one. */
  static Optional<Plane> of(Run run) {
    Model model = run.model();
    boolean plane =
        model.inputs().size() == 1
            && model.lengths().length == 0
            && !run.plan().stateful()
            && model.inputs().get(0).classes() == 0
            && model.inputs().get(0).size() == 2;
    return plane ? Optional.of(new Plane(run)) : Optional.empty();
  }

  /** The square around the data, or from −1 to 1 if they lie in there. */
  private void bounds() {
    Part part = run.data().training();
    float[] points = (float[]) part.examples().arrays().get(0);
    for (int axis = 0; axis < 2; axis++) {
      low[axis] = -1;
      high[axis] = 1;
      for (int row : part.rows()) {
        low[axis] = Math.min(low[axis], points[2 * row + axis]);
        high[axis] = Math.max(high[axis], points[2 * row + axis]);
      }
      double margin = MARGIN * (high[axis] - low[axis]) / 2;
      low[axis] -= margin;
      high[axis] += margin;
    }
  }

  private double at(int axis, int k) {
    return low[axis] + (high[axis] - low[axis]) * k / (SIDE - 1);
  }

  /**
   * What does not change while it learns.
   *
   * @param shift of each axis, with {@code scale}: the network sees (v − shift) / scale
   * @param points of the training part, two numbers each
   * @param targets the first number of each one's target, or its label
   * @param classes how many classes the target has, 0 if it is a number
   */
  record Fixed(
      double[] low,
      double[] high,
      double[] shift,
      double[] scale,
      int side,
      int unitSide,
      String input,
      String points,
      String targets,
      int classes,
      List<String> labels) {}

  Fixed fixed() {
    Part part = run.data().training();
    int count = Math.min(part.rows().length, MOST_POINTS);
    float[] points = (float[]) part.examples().arrays().get(0);
    Tensor input = run.model().inputs().get(0);
    Optional<Tensor> target = run.model().answered(0);
    int place = target.map(t -> run.model().targets().indexOf(t)).orElse(-1);
    int width = target.map(Tensor::size).orElse(1);
    Object targets = place < 0 ? new float[0] : part.examples().arrays().get(1 + place);
    Optional<Scaling> scaling = Optional.ofNullable(run.data().scalings().get(input.name()));
    return new Fixed(
        low,
        high,
        new double[] {
          scaling.map(s -> s.line(0).shift()).orElse(0.0),
          scaling.map(s -> s.line(1).shift()).orElse(0.0)
        },
        new double[] {
          scaling.map(s -> s.line(0).scale()).orElse(1.0),
          scaling.map(s -> s.line(1).scale()).orElse(1.0)
        },
        SIDE,
        SIDE / COARSER,
        input.name(),
        Floats.of(2 * count, i -> points[2 * part.rows()[i / 2] + i % 2]),
        place < 0 ? "" : Floats.of(count, i -> number(targets, part.rows()[i] * width)),
        target.map(Tensor::classes).orElse(0),
        target
            .map(t -> run.data().labelNames().getOrDefault(t.name(), List.of()))
            .orElse(List.of()));
  }

  private static double number(Object array, int place) {
    return array instanceof float[] floats ? floats[place] : ((int[]) array)[place];
  }

  /**
   * What a value is all over the plane.
   *
   * @param count how many numbers it has
   * @param numbers those of a point, one point after another, from the top left on
   */
  record Picture(String name, int count, String numbers) {}

  /**
   * @param output the first output
   * @param units the values of which each example has its own
   */
  record Pictures(Picture output, List<Picture> units) {}

  Pictures now() {
    Model model = copy.now();
    model.loss(SIDE * SIDE);
    Tensor output = model.outputs().get(0);
    int side = SIDE / COARSER;
    List<Picture> units = new ArrayList<>();
    for (Model.Value value : model.values()) {
      Tensor tensor = value.tensor();
      int size = tensor.size();
      if (tensor.classes() == 0 && tensor.length() == SIDE * SIDE * size && size <= MOST_UNITS) {
        String numbers =
            Floats.of(
                side * side * size, i -> tensor.get(coarse(i / size, side) * size + i % size));
        units.add(new Picture(tensor.name(), size, numbers));
      }
    }
    String numbers = Floats.of(SIDE * SIDE * output.size(), output::get);
    return new Pictures(new Picture(output.name(), output.size(), numbers), units);
  }

  private static int coarse(int point, int side) {
    return point / side * COARSER * SIDE + point % side * COARSER;
  }
}
