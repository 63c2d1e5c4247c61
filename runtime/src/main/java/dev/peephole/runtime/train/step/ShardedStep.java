package dev.peephole.runtime.train.step;

import dev.peephole.runtime.AsynchronousModel;
import dev.peephole.runtime.Joint;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.kernel.Moment;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A step that several threads compute. First each computes the gradients of its share of the batch;
 * then each joins them and updates the parameters for its share of the numbers. The mean over the
 * batch is the mean of the shares', weighted by their sizes and added up in their order, so that
 * the bits do not depend on which thread is first. What a network computes across the batch is
 * joined within the step ({@link Joint}).
 */
public final class ShardedStep extends TrainingStep {
  /** Less work a step than this, counted in numbers, is done before other threads are awake. */
  private static final long LEAST_WORK = 250_000;

  /** So many numbers stay in the nearest cache while those of all shards are added up. */
  private static final int NEAR = 2048;

  private final Model model;
  private final Clip clip;
  private final int gradients;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();
  private final Joint joint;
  private final Team team;
  private final double[] loss = new double[1];
  private final IntConsumer compute = this::compute;
  private final IntConsumer join = this::join;
  private final IntConsumer update = this::update;
  private final IntConsumer joinAndUpdate = this::joinAndUpdate;

  // The step at work.
  private Batches batches;
  private int batch;
  private Moment now;

  /**
   * @param others a model for each further thread, with room for its share
   */
  ShardedStep(Model model, List<? extends Model> others, Examples examples, Plan plan) {
    this(model, others, examples, new Clip(plan.clipNorm(), plan.clipValue(), model.gradients()));
  }

  private ShardedStep(Model model, List<? extends Model> others, Examples examples, Clip clip) {
    super(model, examples, clip);
    this.model = model;
    this.clip = clip;
    this.gradients = model.gradients().size();
    int count = others.size() + 1;
    this.joint = new Joint(count);
    for (int k = 0; k < count; k++) {
      Share share = new Share(k, count);
      shares.add(share);
      Model own = k == 0 ? model : others.get(k - 1);
      if (!own.join(joint.member(k))) {
        throw new IllegalArgumentException(model.name() + " is computed by one thread");
      }
      shards.add(new Shard(share, model, own, examples));
    }
    this.team = new Team(count);
  }

  /**
   * How many threads are worth while for batches of so many examples.
   *
   * @param wanted how many are asked for
   * @param steps the length of open axes
   */
  public static int threads(Model model, int wanted, int examples, int steps) {
    boolean several =
        wanted > 1
            && !(model instanceof AsynchronousModel)
            && pays(model, examples, steps)
            && model.join(Joint.ALONE);
    return several ? Math.min(wanted, examples) : 1;
  }

  /** A model for each thread but the first, with room for its share of so many examples. */
  public static List<Model> others(
      Supplier<? extends Model> more, int threads, int examples, int steps) {
    List<Model> others = new ArrayList<>();
    for (int k = 1; k < threads; k++) {
      Model other = more.get();
      other.reserve(new Share(k, threads).of(examples), steps);
      others.add(other);
    }
    return others;
  }

  /** Whether steps of so many examples are work enough for several threads. */
  static boolean pays(Model model, int examples, int steps) {
    return work(model, examples, steps) >= LEAST_WORK;
  }

  /**
   * How much work a step of so many examples is: each parameter and each value that is kept counts
   * once an example. It is a matter of sizes alone, so that the same run has the same bits.
   */
  public static long work(Model model, int examples, int steps) {
    long numbers = 0;
    for (Tensor parameter : model.parameters()) {
      numbers += parameter.length();
    }
    for (Model.Value value : model.values()) {
      numbers += value.tensor().size(steps);
    }
    return numbers * examples;
  }

  @Override
  public double[] run(Batches newBatches, int newBatch, Moment moment) {
    batches = newBatches;
    batch = newBatch;
    now = moment;
    joint.begin(Math.min(shards.size(), batches.size(batch)));
    team.run(compute);
    joint.end();
    loss[0] = 0;
    for (int s = 0; s < shards.size() && weight(s) > 0; s++) {
      loss[0] += weight(s) * shards.get(s).loss();
    }
    if (Double.isFinite(loss[0])) {
      if (clip.binds()) {
        team.run(join);
        clip.apply();
        team.run(update);
      } else {
        team.run(joinAndUpdate);
      }
      model.carry(shares.get(0).of(batches.size(batch)));
    }
    return loss;
  }

  private void compute(int thread) {
    try {
      shards.get(thread).compute(batches, batch);
    } catch (RuntimeException | Error e) {
      joint.abandon();
      throw e;
    }
  }

  /**
   * Joins a thread's share of the numbers in the gradients of the first shard, which are the
   * model's.
   */
  private void join(int thread) {
    for (int k = 0; k < gradients; k++) {
      int length = shards.get(0).length(k);
      int end = shares.get(thread).end(length);
      for (int i = shares.get(thread).begin(length); i < end; i += NEAR) {
        shards.get(0).scale(k, weight(0), i, Math.min(end, i + NEAR));
        for (int s = 1; s < shards.size() && weight(s) > 0; s++) {
          shards.get(s).addTo(shards.get(0), k, weight(s), i, Math.min(end, i + NEAR));
        }
      }
    }
  }

  /**
   * How much a shard counts: as much as it has of the batch's examples, or in full if what it
   * computes is its part already.
   */
  private double weight(int shard) {
    int n = batches.size(batch);
    int own = shares.get(shard).of(n);
    return model.acrossBatch() && own > 0 ? 1 : (double) own / n;
  }

  private void update(int thread) {
    model.update(now, shares.get(thread));
  }

  private void joinAndUpdate(int thread) {
    join(thread);
    update(thread);
  }

  @Override
  public void close() {
    team.close();
  }
}
