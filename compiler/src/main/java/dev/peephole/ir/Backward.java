package dev.peephole.ir;

/** What the gradient rule of an op has at hand. */
public record Backward(Builder builder, Equation equation, Var gradient) {

  /** The gradient of the loss with respect to the output. */
  public Var d() {
    return gradient;
  }

  /** The output, as the forward pass computed it. */
  public Var y() {
    return equation.out();
  }

  /** An input. */
  public Var x(int index) {
    return equation.input(index);
  }

  /** The only input, or the first. */
  public Var x() {
    return equation.input(0);
  }

  public Var apply(Op op, Var... inputs) {
    return builder.apply(op, inputs);
  }
}
