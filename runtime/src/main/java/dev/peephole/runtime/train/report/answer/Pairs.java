package dev.peephole.runtime.train.report.answer;

import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Sequences;
import dev.peephole.runtime.train.report.record.Table;
import java.util.ArrayList;
import java.util.List;

/** Numbers that were wanted, and those that a network gave instead, as the data have them. */
public final class Pairs {
  private final Tensor output;
  private final Tensor target;
  private final int[] lengths;
  private final Naming naming;
  private final List<Pair> all = new ArrayList<>();

  /**
   * One number.
   *
   * @param example the number of its example, counted from 1
   * @param step its time step, counted from 1; 1 if there is no time
   * @param component which number of the target, or of a step of it
   */
  public record Pair(int example, int step, int component, double wanted, double predicted) {}

  Pairs(Tensor output, Tensor target, int[] lengths, Naming naming) {
    this.output = output;
    this.target = target;
    this.lengths = lengths;
    this.naming = naming;
  }

  /** Whether an output has a number for each of the target's. */
  static boolean fit(Tensor output, Tensor target) {
    return target.classes() == 0
        && output.classes() == 0
        && output.size() == target.size()
        && output.open() == target.open();
  }

  /** The target that is answered. */
  public String target() {
    return target.name();
  }

  /** What the components are called. */
  public List<String> columns() {
    return naming.columns(target);
  }

  /** Whether there is a number for each time step of an open axis. */
  public boolean sequences() {
    return target.open();
  }

  public List<Pair> all() {
    return all;
  }

  /**
   * Takes an example into account.
   *
   * @param i its place among n in the buffers
   * @param number what it is called
   */
  void add(int i, int n, int number) {
    int width = target.size();
    int longest = target.open() ? Sequences.longest(lengths, n) : 1;
    int steps = target.open() ? lengths[i] : 1;
    for (int t = 0; t < steps; t++) {
      for (int k = 0; k < width; k++) {
        int place = (i * longest + t) * width + k;
        all.add(
            new Pair(
                number,
                t + 1,
                k,
                naming.unscaled(target, k, target.get(place)),
                naming.unscaled(target, k, output.get(place))));
      }
    }
  }

  /** Adds a row for each pair. */
  public void addTo(Table table) {
    for (Pair pair : all) {
      table.add(
          columns().get(pair.component()),
          pair.example(),
          pair.step(),
          pair.wanted(),
          pair.predicted());
    }
  }
}
