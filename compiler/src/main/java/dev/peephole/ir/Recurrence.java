package dev.peephole.ir;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An equation whose op is a {@link Scan}, taken apart: each input and each result with what it is
 * for.
 *
 * @param name what the step is called
 * @param states what one time step hands to the next
 * @param sequences what is gone through element by element
 * @param constants what is the same at all time steps
 * @param step the equations of a time step
 * @param results what else is wanted of each time step
 * @param length how many time steps there are, or {@link Shape#OPEN}
 * @param reversed whether it begins at the last time step
 * @param piece after how many steps the states begin again; 0 if never
 */
public record Recurrence(
    String name,
    List<State> states,
    List<Input> sequences,
    List<Input> constants,
    List<Equation> step,
    List<Result> results,
    int length,
    boolean reversed,
    int piece,
    Origin origin) {
  public Recurrence {
    states = List.copyOf(states);
    sequences = List.copyOf(sequences);
    constants = List.copyOf(constants);
    step = List.copyOf(step);
    results = List.copyOf(results);
  }

  /**
   * What one time step hands to the next.
   *
   * @param before in the step, from the time step before
   * @param initial what it is before the first time step
   * @param after in the step, for the next time step
   * @param all the sequence of what it is after each time step
   */
  public record State(Var before, Var initial, Var after, Var all) {
    /** The same state with another beginning. */
    public State from(Var other) {
      return new State(before, other, after, all);
    }

    /** What it is after each time step. */
    public Result result() {
      return new Result(after, all);
    }
  }

  /**
   * What is given to all time steps.
   *
   * @param formal what the step reads
   * @param given what that stands for: a sequence whose elements it is, or a constant
   */
  public record Input(Var formal, Var given) {}

  /**
   * What is wanted of each time step.
   *
   * @param each in the step
   * @param all the sequence of it
   */
  public record Result(Var each, Var all) {}

  /** The parts of an equation whose op is a scan. */
  public static Recurrence of(Equation e) {
    Scan scan = (Scan) e.op();
    Function step = scan.step();
    int states = scan.carried();
    int constants = states + scan.sequences();
    return new Recurrence(
        step.name(),
        IntStream.range(0, states)
            .mapToObj(
                k ->
                    new State(
                        step.inputs().get(k), e.input(k), step.outputs().get(k), e.outs().get(k)))
            .toList(),
        inputs(e, step, states, constants),
        inputs(e, step, constants, step.inputs().size()),
        step.equations(),
        IntStream.range(states, e.outs().size())
            .mapToObj(o -> new Result(step.outputs().get(o), e.outs().get(o)))
            .toList(),
        scan.length(),
        scan.reversed(),
        scan.piece(),
        e.origin());
  }

  private static List<Input> inputs(Equation e, Function step, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new Input(step.inputs().get(i), e.input(i)))
        .toList();
  }

  /** What happens at one time step. */
  public Function function() {
    return new Function(
        name,
        inputs().stream().map(Input::formal).toList(),
        step,
        all().stream().map(Result::each).toList());
  }

  /** All of it as one equation. */
  public Equation equation() {
    Scan scan = new Scan(function(), states.size(), sequences.size(), length, reversed, piece);
    return new Equation(
        all().stream().map(Result::all).toList(),
        scan,
        inputs().stream().map(Input::given).toList(),
        origin);
  }

  /** All that comes out: what the states are after each time step, and what else is wanted. */
  public List<Result> all() {
    return Stream.concat(states.stream().map(State::result), results.stream()).toList();
  }

  /** Which of its equation's inputs the step knows by this value. */
  public int input(Var formal) {
    return inputs().stream().map(Input::formal).toList().indexOf(formal);
  }

  /** All that it is given: what the states begin with, the sequences, and then the constants. */
  private List<Input> inputs() {
    return Stream.concat(states.stream().map(s -> new Input(s.before, s.initial)), given().stream())
        .toList();
  }

  /** Whether the states before a time step, of so many, are those before the first one. */
  public boolean begins(int t, int steps) {
    int left = reversed ? t + 1 : steps - t;
    return left == steps || piece != 0 && left % piece == 0;
  }

  /** What is given to all time steps: the sequences, and then the constants. */
  public List<Input> given() {
    return Stream.concat(sequences.stream(), constants.stream()).toList();
  }

  /** The type of a sequence of such values. */
  public Type sequence(Type element) {
    return sequence(element, length);
  }

  /** The type of a sequence of so many values of a type. */
  public static Type sequence(Type element, int length) {
    return new Type(Shape.of(length).append(element.shape()), element.element(), element.classes());
  }

  /** The same with other states. */
  public Recurrence withStates(List<State> other) {
    return new Recurrence(
        name, other, sequences, constants, step, results, length, reversed, piece, origin);
  }

  /** The same with other inputs and another step that reads them. */
  public Recurrence with(
      List<Input> otherSequences, List<Input> otherConstants, List<Equation> other) {
    return new Recurrence(
        name,
        states,
        otherSequences,
        otherConstants,
        other,
        results,
        length,
        reversed,
        piece,
        origin);
  }

  /** The same with other results, and another step that computes them. */
  public Recurrence with(List<Equation> other, List<Result> wanted) {
    return new Recurrence(
        name, states, sequences, constants, other, wanted, length, reversed, piece, origin);
  }
}
