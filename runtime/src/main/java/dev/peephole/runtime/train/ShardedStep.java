package dev.peephole.runtime.train;

import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A step that several threads compute, each the gradients of its share of the batch. The mean over
 * the batch is the mean of the shares', weighted by their sizes and added up in their order, so
 * that the bits do not depend on which thread is first. The update is computed by one.
 */
final class ShardedStep extends TrainingStep {
  /** Less work a step than this, counted in numbers, is done before other threads are awake. */
  private static final long LEAST_WORK = 2_000_000;

  private final Model model;
  private final Clip clip;
  private final Object[] gradients;
  private final List<Shard> shards = new ArrayList<>();
  private final double[] loss = new double[1];

  /**
   * @param others a model for each further thread, with room for its share
   */
  ShardedStep(Model model, List<? extends Model> others, Examples examples, Plan plan) {
    super(model, examples);
    this.model = model;
    this.clip = new Clip(plan.clipNorm(), plan.clipValue(), model.gradients());
    this.gradients = model.gradients().stream().map(Tensor::array).toArray();
    for (Model other : others) {
      shards.add(new Shard(shards.size() + 1, model, other, examples));
    }
  }

  /**
   * How many threads are worth while for batches of so many examples.
   *
   * @param wanted how many are asked for
   * @param steps the length of open axes
   */
  static int threads(Model model, int wanted, int examples, int steps) {
    boolean several =
        wanted > 1 && !(model instanceof AsynchronousModel) && pays(model, examples, steps);
    return several ? Math.min(wanted, examples) : 1;
  }

  /** A model for each thread but the first, with room for its share of so many examples. */
  static List<Model> others(Supplier<? extends Model> more, int threads, int examples, int steps) {
    List<Model> others = new ArrayList<>();
    for (int k = 1; k < threads; k++) {
      Model other = more.get();
      other.reserve((examples + threads - 1) / threads, steps);
      others.add(other);
    }
    return others;
  }

  /**
   * Whether steps of so many examples are work enough for several threads: each parameter and each
   * value that is kept counts once an example. It is a matter of sizes alone, so that the same run
   * has the same bits.
   */
  static boolean pays(Model model, int examples, int steps) {
    long numbers = 0;
    for (Tensor parameter : model.parameters()) {
      numbers += parameter.length();
    }
    for (Model.Value value : model.values()) {
      numbers += value.tensor().size(steps);
    }
    return numbers * examples >= LEAST_WORK;
  }

  @Override
  double[] run(Batches batches, int batch, long step) {
    int n = batches.size(batch);
    for (int k = 1; k <= shards.size(); k++) {
      if (start(k, n) < start(k + 1, n)) {
        shards.get(k - 1).begin(batches, batch, start(k, n), start(k + 1, n));
      }
    }
    int own = start(1, n);
    fill(batches, batch, 0, own);
    loss[0] = model.loss(own) * own / n;
    model.backward(own);
    scale((double) own / n);
    for (int k = 1; k <= shards.size(); k++) {
      int size = start(k + 1, n) - start(k, n);
      if (size > 0) {
        loss[0] += shards.get(k - 1).join() * size / n;
        add(shards.get(k - 1).gradients(), (double) size / n);
      }
    }
    if (Double.isFinite(loss[0])) {
      clip.apply();
      model.update(step);
    }
    return loss;
  }

  /** Where a shard's examples begin among n; the first one has the greater share. */
  private int start(int shard, int n) {
    int count = shards.size() + 1;
    return (int) (((long) n * shard + count - 1) / count);
  }

  private void scale(double share) {
    for (Object gradient : gradients) {
      if (gradient instanceof float[] g) {
        float factor = (float) share;
        for (int i = 0; i < g.length; i++) {
          g[i] *= factor;
        }
      } else {
        double[] g = (double[]) gradient;
        for (int i = 0; i < g.length; i++) {
          g[i] *= share;
        }
      }
    }
  }

  private void add(Object[] others, double share) {
    for (int k = 0; k < gradients.length; k++) {
      if (gradients[k] instanceof float[] g) {
        float[] other = (float[]) others[k];
        float factor = (float) share;
        for (int i = 0; i < g.length; i++) {
          g[i] += factor * other[i];
        }
      } else {
        double[] g = (double[]) gradients[k];
        double[] other = (double[]) others[k];
        for (int i = 0; i < g.length; i++) {
          g[i] += share * other[i];
        }
      }
    }
  }

  @Override
  void close() {
    shards.forEach(Shard::close);
  }
}
