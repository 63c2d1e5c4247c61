package dev.peephole.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A recurrence: a function applied at one time step after another.
 *
 * <p>The step takes the states before, an element of each sequence, and what is the same at all
 * steps, in this order; it gives the states after and whatever else is wanted. The scan takes the
 * initial states, whole sequences, and the same; it gives a sequence of each result of the step.
 * Time is the first axis of a sequence.
 *
 * @param step what happens at one time step
 * @param carried how many states there are
 * @param sequences how many sequences it goes through
 * @param length how many time steps there are, or {@link Shape#OPEN}
 * @param reversed whether it begins at the last time step
 * @param piece where a multiple of so many steps is left the states begin again as at first, if it
 *     is not 0: pieces that are counted from the end
 */
public record Scan(
    Function step, int carried, int sequences, int length, boolean reversed, int piece)
    implements Op {

  /** A scan in one piece. */
  public Scan(Function step, int carried, int sequences, int length, boolean reversed) {
    this(step, carried, sequences, length, reversed, 0);
  }

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public String describe() {
    return "scan "
        + step.name()
        + (reversed ? ", from the last of " : ", over ")
        + Shape.text(length)
        + " steps"
        + (piece == 0 ? "" : " in pieces of " + piece);
  }

  @Override
  public Type type(List<Type> inputs) {
    return types(inputs).get(0);
  }

  @Override
  public List<Type> types(List<Type> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      Type formal = step.inputs().get(i).type();
      boolean isSequence = i >= carried && i < carried + sequences;
      Type wanted = isSequence ? sequence(formal) : formal;
      if (!inputs.get(i).equals(wanted)) {
        throw new TypeMismatch("a step takes " + wanted, "this is " + inputs.get(i));
      }
    }
    return step.outputs().stream().map(v -> sequence(v.type())).toList();
  }

  /** The type of a sequence of such values. */
  public Type sequence(Type element) {
    return Recurrence.sequence(element, length);
  }

  /** The scan with an equal step. */
  public Scan withStep(Function other) {
    return new Scan(other, carried, sequences, length, reversed, piece);
  }

  /** What the step reads and gives is what it is given and gives at all time steps. */
  @Override
  public List<List<Axis>> sameAxes(Equation equation) {
    Recurrence parts = Recurrence.of(equation);
    List<List<Axis>> same = new ArrayList<>();
    for (Recurrence.State state : parts.states()) {
      same.addAll(Axis.all(state.before(), state.initial()));
      same.addAll(Axis.all(state.before(), state.after()));
      same.addAll(eachOf(state.after(), state.all()));
    }
    parts.constants().forEach(input -> same.addAll(Axis.all(input.formal(), input.given())));
    parts.sequences().forEach(input -> same.addAll(eachOf(input.formal(), input.given())));
    parts.results().forEach(result -> same.addAll(eachOf(result.each(), result.all())));
    return same;
  }

  private static List<List<Axis>> eachOf(Var element, Var sequence) {
    List<Integer> axes = Axes.positions(element.shape().axes());
    return Axis.pairs(element, axes, sequence, axes.stream().map(i -> i + 1).toList());
  }

  @Override
  public Expression formula(List<Expression> inputs, Equation equation) {
    return new Expression.Name("scan", List.of());
  }

  /** Several results have several ranges; {@code range.Ranges} follows the step. */
  @Override
  public Range range(Ranging ranging) {
    throw new IllegalStateException("a scan has a range for each of its results");
  }

  /** Several results have several gradients; {@code pass.DifferentiateScan} derives them. */
  @Override
  public Var gradient(int input, Backward back) {
    throw new IllegalStateException("a scan has a derivative of its own");
  }
}
