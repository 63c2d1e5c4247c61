package dev.peephole.runtime.train;

import dev.peephole.runtime.Model;
import dev.peephole.runtime.Tensor;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.kernel.Moment;
import java.util.List;

/** A model that does what another does, for tests to change one thing of it. */
public abstract class Delegate implements Model {
  private final Model model;

  public Delegate(Model model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public void reserve(int examples) {
    model.reserve(examples);
  }

  @Override
  public void reserve(int examples, int steps) {
    model.reserve(examples, steps);
  }

  @Override
  public int[] lengths() {
    return model.lengths();
  }

  @Override
  public List<Tensor> inputs() {
    return model.inputs();
  }

  @Override
  public List<Tensor> targets() {
    return model.targets();
  }

  @Override
  public List<Tensor> outputs() {
    return model.outputs();
  }

  @Override
  public List<Tensor> parameters() {
    return model.parameters();
  }

  @Override
  public List<Tensor> gradients() {
    return model.gradients();
  }

  @Override
  public List<Tensor> optimizerStates() {
    return model.optimizerStates();
  }

  @Override
  public List<Value> values() {
    return model.values();
  }

  @Override
  public void initialize(long seed) {
    model.initialize(seed);
  }

  @Override
  public Mode mode() {
    return model.mode();
  }

  @Override
  public void predict(int n) {
    model.predict(n);
  }

  @Override
  public double loss(int n) {
    return model.loss(n);
  }

  @Override
  public void backward(int n) {
    model.backward(n);
  }

  @Override
  public void update(Moment now) {
    model.update(now);
  }

  @Override
  public void download() {
    model.download();
  }

  @Override
  public void upload() {
    model.upload();
  }
}
