package dev.peephole.runtime.train.step;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Share;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.data.example.Examples;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.train.batch.Batches;
import dev.peephole.runtime.train.batch.Feed;
import dev.peephole.runtime.train.batch.TrainingData;
import java.util.List;

/** A share of each batch, and the gradients of its mean loss. */
final class Shard {
  private final Share share;
  private final Model whole;
  private final Model model;
  private final Mode common;
  private final Mode mode;
  private final Feed feed;
  private final List<Tensor> weights;
  private final List<Tensor> own;
  private final Object[] gradients;
  private double loss;

  /**
   * @param whole the model that is trained
   * @param model the one that computes, with room for its examples: a model of its own, or the
   *     whole
   */
  Shard(Share share, Model whole, Model model, Examples examples) {
    this.share = share;
    this.whole = whole;
    this.model = model;
    this.common = whole.mode();
    this.mode = model.mode();
    this.feed = new Feed(examples, model, TrainingData.tensors(model));
    this.weights = whole.weights();
    this.own = model.weights();
    this.gradients = model.gradients().stream().map(Tensor::array).toArray();
  }

  /** Computes the loss of its examples of a batch, and the gradients. */
  void compute(Batches batches, int batch) {
    int n = batches.size(batch);
    int examples = share.of(n);
    if (examples == 0) {
      return;
    }
    if (model != whole) {
      for (int k = 0; k < own.size(); k++) {
        own.get(k).copyFrom(weights.get(k), weights.get(k).length());
      }
      mode.copyFrom(common, share.number());
    }
    feed.fill(batches, batch, share.begin(n), share.end(n));
    loss = model.loss(examples);
    model.backward(examples);
  }

  /** The mean loss of its examples. */
  double loss() {
    return loss;
  }

  /** How many numbers the gradient of a parameter has. */
  int length(int parameter) {
    return own.get(parameter).length();
  }

  /** Scales some numbers of the gradient of a parameter. */
  void scale(int parameter, double factor, int begin, int end) {
    if (gradients[parameter] instanceof float[] g) {
      float rounded = (float) factor;
      for (int i = begin; i < end; i++) {
        g[i] *= rounded;
      }
    } else {
      double[] g = (double[]) gradients[parameter];
      for (int i = begin; i < end; i++) {
        g[i] *= factor;
      }
    }
  }

  /** Adds {@code factor} times some numbers of the gradient of a parameter to another's. */
  void addTo(Shard other, int parameter, double factor, int begin, int end) {
    if (gradients[parameter] instanceof float[] g) {
      float rounded = (float) factor;
      float[] sum = (float[]) other.gradients[parameter];
      for (int i = begin; i < end; i++) {
        sum[i] += rounded * g[i];
      }
    } else {
      double[] g = (double[]) gradients[parameter];
      double[] sum = (double[]) other.gradients[parameter];
      for (int i = begin; i < end; i++) {
        sum[i] += factor * g[i];
      }
    }
  }
}
