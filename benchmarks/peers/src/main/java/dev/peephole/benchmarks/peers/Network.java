package dev.peephole.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network of {@code benchmarks/models}, with PyTorch's own layers where it has them. */
final class Network {
  private static final String LENET = "lenet5";

  private final String model;
  private final Map<String, NDArray> weights;
  private final Map<String, NDArray> trained = new LinkedHashMap<>();
  private final Map<String, NDArray> masks = new HashMap<>();
  private final List<NDArray> dense = new ArrayList<>();
  private final List<NDArray> filters = new ArrayList<>();
  private final NDList cell = new NDList();
  private int units;

  /**
   * @param weights by the names of the model file
   */
  Network(String model, Map<String, NDArray> weights) {
    this.model = model;
    this.weights = weights;
    if (model.equals(LENET)) {
      convolutions();
    }
    weights.keySet().stream()
        .filter(name -> name.startsWith("dense") && name.endsWith(".W"))
        .sorted()
        .map(name -> name.substring(0, name.length() - 2))
        .forEach(this::dense);
    if (model.startsWith("lstm")) {
      recurrent("lstm", "ifgo");
    } else if (model.startsWith("bidirectional")) {
      for (int layer = 1; layer <= 2; layer++) {
        for (int way = 1; way <= 2; way++) {
          recurrent("bidirectional%d.lstm%d".formatted(layer, way), "ifgo");
        }
      }
    } else if (model.startsWith("peephole")) {
      peephole();
    } else if (model.startsWith("gru")) {
      recurrent("gru", "ruh");
      insideBias();
    }
  }

  /** What the optimizer moves, by name. */
  Map<String, NDArray> trained() {
    return trained;
  }

  /** The gradient of what is trained; a part of it may be held fast. */
  NDArray gradient(String name) {
    NDArray gradient = trained.get(name).getGradient();
    return masks.containsKey(name) ? gradient.mul(masks.get(name)) : gradient;
  }

  private NDArray train(String name, NDArray array) {
    array.setRequiresGradient(true);
    trained.put(name, array);
    return array;
  }

  /**
   * PyTorch keeps channels in front of the places of an image, in the weights and where an image
   * becomes a row.
   */
  private void convolutions() {
    for (String name : List.of("conv2d1", "conv2d2")) {
      NDArray W = weights.get(name + ".W").transpose(3, 2, 0, 1).duplicate();
      filters.add(train(name + ".W", W));
      filters.add(train(name + ".b", weights.get(name + ".b")));
    }
    NDArray W = weights.get("dense1.W");
    long channels = filters.get(3).size();
    NDArray rows = W.reshape(-1, channels, W.getShape().get(1)).transpose(1, 0, 2);
    weights.put("dense1.W", rows.reshape(W.getShape()));
  }

  private void dense(String name) {
    dense.add(train(name + ".W", weights.get(name + ".W").transpose().duplicate()));
    dense.add(train(name + ".b", weights.get(name + ".b")));
  }

  private NDArray gates(String prefix, String kind, String order) {
    NDList all = new NDList();
    order.chars().forEach(gate -> all.add(weights.get(prefix + "." + kind + "_" + (char) gate)));
    return NDArrays.concat(all, all.get(0).getShape().dimension() - 1);
  }

  /** Of the two biases that PyTorch has the second stays zero. */
  private void recurrent(String name, String order) {
    NDArray b = train(name + ".b", gates(name, "b", order));
    NDArray U = gates(name, "U", order).transpose().duplicate();
    cell.add(train(name + ".W", gates(name, "W", order).transpose().duplicate()));
    cell.add(train(name + ".U", U));
    cell.add(b);
    cell.add(b.zerosLike());
    units = (int) U.getShape().get(1);
  }

  /** A GRU has the second bias for its candidate alone, inside the product with the reset gate. */
  private void insideBias() {
    NDArray none = weights.get("gru.c_h").zerosLike();
    NDArray inside = NDArrays.concat(new NDList(none, none, weights.get("gru.c_h")));
    cell.set(3, train("c_h", inside));
    masks.put("c_h", NDArrays.concat(new NDList(none, none, none.add(1))));
  }

  private void peephole() {
    for (String kind : List.of("W", "U", "b")) {
      cell.add(train(kind, gates("lstm", kind, "gifo")));
    }
    for (String gate : List.of("i", "f", "o")) {
      cell.add(train("p_" + gate, weights.get("lstm.p_" + gate)));
    }
    units = (int) cell.get(1).getShape().get(0);
  }

  /** What the last layer gives for a batch, where time is the first axis. */
  NDArray apply(NDArray x) {
    if (!cell.isEmpty()) {
      return dense(model.startsWith("peephole") ? peephole(x) : lastOf(x), 0);
    }
    NDArray h = dense(model.equals(LENET) ? convolved(x) : x, 0);
    for (int layer = 2; layer < dense.size(); layer += 2) {
      NDArray active =
          model.equals("xor") || model.equals(LENET) ? h.tanh() : h.getNDArrayInternal().relu();
      h = dense(active, layer);
    }
    return h;
  }

  private NDArray convolved(NDArray x) {
    NDArray h = x.transpose(0, 3, 1, 2);
    for (int layer = 0; layer < filters.size(); layer += 2) {
      Shape around = layer == 0 ? new Shape(2, 2) : new Shape(0, 0);
      Shape one = new Shape(1, 1);
      Shape two = new Shape(2, 2);
      NDArray z =
          Conv2d.conv2d(h, filters.get(layer), filters.get(layer + 1), one, around, one)
              .singletonOrThrow();
      h = Pool.maxPool2d(z.tanh(), two, two, new Shape(0, 0), false);
    }
    return h.reshape(h.getShape().get(0), -1);
  }

  private NDArray dense(NDArray x, int at) {
    return Linear.linear(x, dense.get(at), dense.get(at + 1)).singletonOrThrow();
  }

  private NDArray lastOf(NDArray x) {
    boolean both = model.startsWith("bidirectional");
    int layers = both ? 2 : 1;
    Shape states = new Shape(both ? 2 * layers : 1, x.getShape().get(1), units);
    NDArray zero = x.getManager().zeros(states);
    NDArrayEx operations = x.getNDArrayInternal();
    NDList h =
        model.startsWith("gru")
            ? operations.gru(x, zero, cell, true, layers, 0, true, both, false)
            : operations.lstm(x, new NDList(zero, zero), cell, true, layers, 0, true, both, false);
    return h.get(0).get(x.getShape().get(0) - 1);
  }

  /** Gates in one product, that of the inputs for all time steps at once. */
  private NDArray peephole(NDArray x) {
    long steps = x.getShape().get(0);
    long batch = x.getShape().get(1);
    NDArray xW = x.reshape(steps * batch, -1).matMul(cell.get(0)).add(cell.get(2));
    NDList each = xW.reshape(steps, batch, -1).split(steps);
    NDArray s = x.getManager().zeros(new Shape(batch, units));
    NDArray c = s;
    for (NDArray part : each) {
      NDList z = part.squeeze(0).add(s.matMul(cell.get(1))).split(4, 1);
      NDArray i = sigmoid(z.get(1).add(c.mul(cell.get(3))));
      NDArray f = sigmoid(z.get(2).add(c.mul(cell.get(4))));
      c = i.mul(z.get(0).tanh()).add(f.mul(c));
      NDArray o = sigmoid(z.get(3).add(c.mul(cell.get(5))));
      s = c.tanh().mul(o);
    }
    return s;
  }

  private static NDArray sigmoid(NDArray z) {
    return Activation.sigmoid(z);
  }

  /** The mean loss of a batch. */
  NDArray loss(NDArray z, NDArray y) {
    if (model.equals("xor")) {
      NDArray softplus = Activation.softPlus(z.abs().neg());
      return z.getNDArrayInternal().relu().sub(z.mul(y)).add(softplus).mean();
    }
    return model.startsWith("mlp") || model.equals(LENET)
        ? z.logSoftmax(1).gather(y.reshape(-1, 1), 1).mean().neg()
        : z.sub(y).square().mean();
  }

  /** What a network that only predicts gives. */
  NDArray outputs(NDArray x) {
    NDArray z = apply(x);
    return model.equals("xor") ? sigmoid(z) : z.softmax(-1);
  }
}
