package dev.peephole.ir;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A network as the passes work on it.
 *
 * @param name what the model file calls it
 * @param doc its documentation, a string a line
 * @param file where it comes from
 * @param inputCount how many inputs it has
 * @param targetCount how many targets it has
 * @param outputCount how many outputs it has
 * @param parameters what is trained
 * @param step from the inputs, the targets, the lengths of the examples if there are open axes,
 *     which examples continue and the states that these begin with if states are carried over, and
 *     the parameters; to the outputs, the sequences of the states that are carried over, the
 *     batch's mean loss and, once differentiated, the gradient of each parameter, all in this order
 * @param optimizer how the parameters are trained, if the file has a plan
 * @param truncation over how many steps of a recurrence gradients are carried; 0 if over all
 * @param stateful whether states are carried over from one example to the next
 * @param answers for each output the place of the target that it answers, {@link #NO_TARGET} if
 *     none
 * @param checked what the passes made it of; empty if it is as the model file says it
 */
public record Program(
    String name,
    List<String> doc,
    SourceFile file,
    int inputCount,
    int targetCount,
    int outputCount,
    List<Parameter> parameters,
    Function step,
    Optional<Optimizer> optimizer,
    int truncation,
    boolean stateful,
    List<Integer> answers,
    Optional<Program> checked) {

  /** In the place of a target, where an output answers none. */
  public static final int NO_TARGET = -1;

  /** A program as the model file says it. */
  public Program(
      String name,
      List<String> doc,
      SourceFile file,
      int inputCount,
      int targetCount,
      int outputCount,
      List<Parameter> parameters,
      Function step,
      Optional<Optimizer> optimizer,
      int truncation,
      boolean stateful,
      List<Integer> answers) {
    this(
        name,
        doc,
        file,
        inputCount,
        targetCount,
        outputCount,
        parameters,
        step,
        optimizer,
        truncation,
        stateful,
        answers,
        Optional.empty());
  }

  /** A program whose outputs answer nothing. */
  public Program(
      String name,
      List<String> doc,
      SourceFile file,
      int inputCount,
      int targetCount,
      int outputCount,
      List<Parameter> parameters,
      Function step,
      Optional<Optimizer> optimizer,
      int truncation,
      boolean stateful) {
    this(
        name,
        doc,
        file,
        inputCount,
        targetCount,
        outputCount,
        parameters,
        step,
        optimizer,
        truncation,
        stateful,
        Collections.nCopies(outputCount, NO_TARGET));
  }

  public Program {
    answers = List.copyOf(answers);
    doc = List.copyOf(doc);
    parameters = List.copyOf(parameters);
  }

  /**
   * Something that is trained.
   *
   * @param path what weights files call it, such as {@code dense1.W}
   * @param initializer a function without inputs to its first value
   * @param formula how the model writes the first value
   * @param span where it is declared
   */
  public record Parameter(String path, Function initializer, String formula, Span span) {}

  /**
   * A rule for one step, for one number of a parameter: every value is one number for each of a
   * batch of numbers.
   *
   * @param name what the library calls it
   * @param doc its documentation
   * @param states what it remembers, with the value before the first step
   * @param step from {@code parameter}, {@code gradient}, {@code step} and the states before to the
   *     parameter and the states after
   */
  public record Optimizer(String name, List<String> doc, List<State> states, Function step) {

    /** A number that is remembered for each number of a parameter. */
    public record State(String name, double initial) {}

    public Optimizer {
      doc = List.copyOf(doc);
      states = List.copyOf(states);
    }

    /** The same rule with other equations for it. */
    public Optimizer withStep(Function other) {
      return new Optimizer(name, doc, states, other);
    }
  }

  public List<Var> inputs() {
    return step.inputs().subList(0, inputCount);
  }

  public List<Var> targets() {
    return step.inputs().subList(inputCount, inputCount + targetCount);
  }

  /** How many time steps each example has, if there are open axes. */
  public Optional<Var> lengths() {
    return step.inputs().stream().filter(v -> v.element() == Element.COUNT).findFirst();
  }

  /** Which examples continue the ones before, if states are carried over. */
  public Optional<Var> continues() {
    return step.inputs().stream().filter(v -> v.element() == Element.TRUTH).findFirst();
  }

  /** The states that examples begin with where they continue. */
  public List<Var> carried() {
    int end = step.inputs().size() - parameters.size();
    return continues()
        .map(continues -> step.inputs().subList(step.inputs().indexOf(continues) + 1, end))
        .orElse(List.of());
  }

  /** The sequences, time first, whose last elements are carried over, in the same order. */
  public List<Var> carriedSequences() {
    return step.outputs().subList(outputCount, outputCount + carried().size());
  }

  /** The values of the parameters, in their order. */
  public List<Var> weights() {
    int all = step.inputs().size();
    return step.inputs().subList(all - parameters.size(), all);
  }

  public List<Var> outputs() {
    return step.outputs().subList(0, outputCount);
  }

  public Var loss() {
    return step.outputs().get(outputCount + carried().size());
  }

  /** The gradients in the order of the parameters; empty before differentiation. */
  public List<Var> gradients() {
    return step.outputs().subList(outputCount + carried().size() + 1, step.outputs().size());
  }

  /** The program with an equal step. */
  public Program withStep(Function other) {
    return with(parameters, other, optimizer, truncation, stateful);
  }

  /** The program with equal initializers. */
  public Program withInitializers(List<Function> initializers) {
    List<Parameter> changed = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      changed.add(new Parameter(p.path, initializers.get(i), p.formula, p.span));
    }
    return with(changed, step, optimizer, truncation, stateful);
  }

  /** The program with another way to train it. */
  public Program withOptimizer(Optional<Optimizer> other) {
    return with(parameters, step, other, truncation, stateful);
  }

  /**
   * The program with another reach of its cells in time.
   *
   * @param steps over how many steps gradients are carried; 0 if over all
   * @param over whether states are carried over from one example to the next
   */
  public Program reaching(int steps, boolean over) {
    return with(parameters, step, optimizer, steps, over);
  }

  /** The same program, with what the passes made it of. */
  public Program of(Program other) {
    return new Program(
        name,
        doc,
        file,
        inputCount,
        targetCount,
        outputCount,
        parameters,
        step,
        optimizer,
        truncation,
        stateful,
        answers,
        Optional.of(other));
  }

  private Program with(
      List<Parameter> trained, Function computed, Optional<Optimizer> by, int steps, boolean over) {
    return new Program(
        name,
        doc,
        file,
        inputCount,
        targetCount,
        outputCount,
        trained,
        computed,
        by,
        steps,
        over,
        answers,
        checked);
  }
}
