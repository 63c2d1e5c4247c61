package dev.peephole.ir;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network as the passes work on it.
 *
 * @param heading what the model file calls it
 * @param parameters what is trained
 * @param states what layers keep from one step of training to the next, and is not trained
 * @param step what it computes, each input and output with its {@link Role}: once differentiated,
 *     the gradient of each parameter too
 * @param groups how the parameters are trained, each by one optimizer; none if the file has no plan
 * @param reach how far its cells reach in time
 * @param answers for each output the place of the target that it answers, {@link #NO_TARGET} if
 *     none
 * @param checked what the passes made it of; empty if it is as the model file says it
 */
public record Program(
    Heading heading,
    List<Parameter> parameters,
    List<Parameter> states,
    Function step,
    List<Group> groups,
    Reach reach,
    List<Integer> answers,
    Optional<Program> checked) {

  /** In the place of a target, where an output answers none. */
  public static final int NO_TARGET = -1;

  public Program {
    groups = List.copyOf(groups);
    answers = List.copyOf(answers);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
  }

  /**
   * What a network is called.
   *
   * @param doc its documentation, a string a line
   * @param file where it comes from
   */
  public record Heading(String name, List<String> doc, SourceFile file) {
    public Heading {
      doc = List.copyOf(doc);
    }
  }

  /**
   * How far cells reach in time.
   *
   * @param truncation over how many steps of a recurrence gradients are carried; 0 if over all
   * @param stateful whether states are carried over from one example to the next
   */
  public record Reach(int truncation, boolean stateful) {
    /** Over each example, and not beyond. */
    public static final Reach EXAMPLE = new Reach(0, false);
  }

  /**
   * A state that is carried over from one example to the next.
   *
   * @param state what an example begins with where it continues
   * @param sequence time first, whose last element is carried over
   */
  public record Carried(Var state, Var sequence) {}

  /** What a layer keeps: the value that a step of training begins with, and what it makes of it. */
  public record Kept(Var before, Var after) {}

  /** A program as the model file says it, whose outputs answer nothing and which no plan trains. */
  public static Program of(Heading heading, List<Parameter> parameters, Function step) {
    List<Integer> answers = Collections.nCopies(step.outputs(Role.OUTPUT).size(), NO_TARGET);
    return new Program(
        heading, parameters, List.of(), step, List.of(), Reach.EXAMPLE, answers, Optional.empty());
  }

  /**
   * Something that is trained, or kept.
   *
   * @param path what weights files call it, such as {@code dense1.W}
   * @param initializer a function without inputs to its first value
   * @param formula how the model writes the first value
   * @param span where it is declared
   */
  public record Parameter(String path, Function initializer, String formula, Span span) {

    /** The same with an equal initializer. */
    private Parameter with(Function other) {
      return new Parameter(path, other, formula, span);
    }
  }

  /**
   * Parameters that one optimizer trains.
   *
   * @param parameters their places among those of the program
   */
  public record Group(Optimizer optimizer, List<Integer> parameters) {
    public Group {
      parameters = List.copyOf(parameters);
    }
  }

  public String name() {
    return heading.name;
  }

  public List<String> doc() {
    return heading.doc;
  }

  public SourceFile file() {
    return heading.file;
  }

  public int truncation() {
    return reach.truncation;
  }

  public boolean stateful() {
    return reach.stateful;
  }

  public List<Var> inputs() {
    return step.inputs(Role.INPUT);
  }

  public List<Var> targets() {
    return step.inputs(Role.TARGET);
  }

  /** How many time steps each example has, if there are open axes. */
  public Optional<Var> lengths() {
    return step.inputs(Role.LENGTHS).stream().findFirst();
  }

  /** Which examples continue the ones before, if states are carried over. */
  public Optional<Var> continues() {
    return step.inputs(Role.CONTINUES).stream().findFirst();
  }

  /** The states that are carried over. */
  public List<Carried> carried() {
    List<Var> sequences = step.outputs(Role.CARRIED_SEQUENCE);
    Iterator<Var> sequence = sequences.iterator();
    return step.inputs(Role.CARRIED).stream().map(s -> new Carried(s, sequence.next())).toList();
  }

  /** The values of the parameters, in their order. */
  public List<Var> weights() {
    return step.inputs(Role.PARAMETER);
  }

  /** What layers keep: before the step and after it, in the order of the states. */
  public List<Kept> kept() {
    Iterator<Var> after = step.outputs(Role.STATE).iterator();
    return step.inputs(Role.STATE).stream().map(s -> new Kept(s, after.next())).toList();
  }

  public List<Var> outputs() {
    return step.outputs(Role.OUTPUT);
  }

  public Var loss() {
    return step.outputs(Role.LOSS).get(0);
  }

  /** The gradients in the order of the parameters; empty before differentiation. */
  public List<Var> gradients() {
    return step.outputs(Role.GRADIENT);
  }

  /** The program with an equal step. */
  public Program withStep(Function other) {
    return new Program(heading, parameters, states, other, groups, reach, answers, checked);
  }

  /** The program with equal initializers. */
  public Program withInitializers(UnaryOperator<Function> equal) {
    List<Parameter> trained =
        parameters.stream().map(p -> p.with(equal.apply(p.initializer))).toList();
    List<Parameter> kept = states.stream().map(s -> s.with(equal.apply(s.initializer))).toList();
    return new Program(heading, trained, kept, step, groups, reach, answers, checked);
  }

  /** How parameters are trained that nothing else is said of, if the file has a plan. */
  public Optional<Optimizer> optimizer() {
    return groups.stream().map(Group::optimizer).findFirst();
  }

  /** How one parameter is trained, if the file has a plan. */
  public Optional<Optimizer> optimizer(int parameter) {
    return groups.stream()
        .filter(group -> group.parameters.contains(parameter))
        .map(Group::optimizer)
        .findFirst();
  }

  /** The program with another way to train it. */
  public Program trainedBy(List<Group> other) {
    return new Program(heading, parameters, states, step, other, reach, answers, checked);
  }

  /** The program with another reach of its cells in time. */
  public Program reaching(Reach other) {
    return new Program(heading, parameters, states, step, groups, other, answers, checked);
  }

  /** The program whose layers keep these states. */
  public Program keeping(List<Parameter> kept) {
    return new Program(heading, parameters, kept, step, groups, reach, answers, checked);
  }

  /** The program whose outputs answer these targets. */
  public Program answering(List<Integer> targets) {
    return new Program(heading, parameters, states, step, groups, reach, targets, checked);
  }

  /** The same program, with what the passes made it of. */
  public Program of(Program other) {
    return new Program(
        heading, parameters, states, step, groups, reach, answers, Optional.of(other));
  }
}
