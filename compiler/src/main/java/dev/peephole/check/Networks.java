package dev.peephole.check;

import dev.peephole.check.evaluate.Bodies;
import dev.peephole.check.evaluate.Context;
import dev.peephole.check.evaluate.Expressions;
import dev.peephole.check.plan.Augmentations;
import dev.peephole.check.plan.Groups;
import dev.peephole.check.plan.Penalties;
import dev.peephole.check.plan.Trained;
import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Frame;
import dev.peephole.check.scope.Primitives;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance;
import dev.peephole.check.value.Sizes;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Label;
import dev.peephole.ir.Optimizer;
import dev.peephole.ir.Program;
import dev.peephole.ir.Renaming;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.BatchSize;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Reshape;
import dev.peephole.op.Sum;
import dev.peephole.range.Expectation;
import dev.peephole.source.Span;
import dev.peephole.syntax.Clause;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Follows a network and writes it down as equations over a batch of examples. */
final class Networks {
  private final Declaration.Network network;
  private final Context context;
  private final Expressions expressions;
  private final Bodies bodies;
  private final Instance root = new Instance(null, null);
  private final Frame frame = Frame.top(root);
  private final List<Var> inputs = new ArrayList<>();
  private final List<Var> targets = new ArrayList<>();
  private final List<Pairing.Output> outputs = new ArrayList<>();
  private List<Integer> answers = List.of();
  private List<Expectation> expectations = List.of();
  private Var loss;
  private boolean sound = true;
  private List<Clause> augmentations = List.of();

  Networks(Declaration.Network network, Declarations declarations, Diagnostics diagnostics) {
    this.network = network;
    this.context = new Context(declarations, diagnostics);
    this.expressions = new Expressions(context);
    this.bodies = new Bodies(context, expressions);
  }

  /** Says what the plan does to inputs in training. */
  void augment(List<Clause> clauses) {
    augmentations = clauses;
  }

  /**
   * The program, if the network has no error.
   *
   * @param optimizers of its plan, if it has one
   * @param penalties what the plan adds to the loss
   */
  Optional<Program> check(List<Trained> optimizers, List<Clause> penalties) {
    for (Statement statement : network.body()) {
      try {
        follow(statement);
      } catch (CheckException flaw) {
        sound = false;
        flaw.diagnostic().ifPresent(context::report);
        if (statement instanceof Statement.Equation equation) {
          frame.bind(equation.name().name(), new Value.Unknown(), equation.name().span());
        }
      }
    }
    requireStates();
    if (sound) {
      requireWhole();
    }
    if (sound) {
      pair();
    }
    if (sound && !penalties.isEmpty()) {
      penalize(penalties);
    }
    List<Program.Group> groups = sound && !optimizers.isEmpty() ? groups(optimizers) : List.of();
    return sound ? Optional.of(program(groups)) : Optional.empty();
  }

  private void requireStates() {
    try {
      bodies.requireStates(network.body(), frame, sound);
    } catch (CheckException flaw) {
      sound = false;
      flaw.diagnostic().ifPresent(context::report);
    }
  }

  /** What is minimised, and reported, is the loss with its penalties. */
  private void penalize(List<Clause> penalties) {
    try {
      Var whole = new Penalties(context, expressions, root).addTo(loss, penalties);
      context.labels().put(loss, Label.name("data_loss"));
      context.labels().put(whole, Label.name("loss"));
      loss = whole;
    } catch (CheckException flaw) {
      sound = false;
      flaw.diagnostic().ifPresent(context::report);
    }
  }

  private List<Program.Group> groups(List<Trained> optimizers) {
    try {
      return new Groups(root.allParameters()).of(optimizers);
    } catch (CheckException flaw) {
      sound = false;
      flaw.diagnostic().ifPresent(context::report);
      return List.of();
    }
  }

  private void pair() {
    List<Var> parameters = root.allParameters().stream().map(Instance.DraftParameter::var).toList();
    try {
      Pairing pairing =
          new Pairing(context.builder().equations(), inputs, parameters, targets, outputs);
      answers = pairing.answers();
      pairing.unanswered(answers).forEach(this::warnOfUnanswered);
    } catch (CheckException flaw) {
      sound = false;
      flaw.diagnostic().ifPresent(context::report);
    }
  }

  /** A name that begins with _ says that it is meant. */
  private void warnOfUnanswered(Var target, List<Equation> compared) {
    if (target.name().startsWith("_")) {
      return;
    }
    Span declared =
        network.body().stream()
            .filter(s -> s instanceof Statement.Target t && t.name().name().equals(target.name()))
            .map(s -> ((Statement.Target) s).name().span())
            .findFirst()
            .orElseThrow();
    Diagnostic warning =
        Diagnostic.warning(Code.UNANSWERED, declared, "no output answers '" + target.name() + "'");
    Optional<Span> place = compared.stream().flatMap(e -> e.origin().shown().stream()).findFirst();
    if (place.isPresent()) {
      warning = warning.and(place.get(), "the loss compares this with it");
    }
    context.report(
        warning
            .note("so no prediction gives it, and no metric measures it")
            .hint(
                place.isPresent()
                    ? "make an output of what it is compared with, or call it _" + target.name()
                    : "compare an output with it in the loss, or leave it out"));
  }

  private void report(Diagnostic error) {
    sound = false;
    context.report(error);
  }

  private void follow(Statement statement) {
    context.at(statement.span(), frame);
    if (statement instanceof Statement.Input input) {
      Var var = declare(input.name(), input.type(), statement.span());
      inputs.add(var);
      augment(input.name(), var);
    } else if (statement instanceof Statement.Target target) {
      targets.add(declare(target.name(), target.type(), statement.span()));
    } else if (statement instanceof Statement.Equation equation) {
      Value value = bodies.equation(equation, frame);
      if (equation.output()) {
        output(value, equation.value(), equation.name().name(), equation.target());
      } else {
        sound &= !(value instanceof Value.Unknown);
      }
    } else if (statement instanceof Statement.Output output) {
      for (Statement.Answer answer : output.answers()) {
        Expr value = answer.value();
        output(expressions.evaluate(value, frame), value, nameOf(value), answer.target());
      }
    } else if (statement instanceof Statement.Loss declared) {
      loss(declared);
    } else {
      bodies.follow(statement, frame);
    }
  }

  /** Gives the name of an input to what training makes of it. */
  private void augment(Ident name, Var input) {
    int count = (int) network.body().stream().filter(Statement.Input.class::isInstance).count();
    Augmentations all = new Augmentations(context, expressions, root);
    Var augmented = all.of(input, augmentations, count);
    if (!augmented.equals(input)) {
      int rank = input.shape().example().rank();
      frame.bind(name.name(), new Value.Tensor(augmented, rank), name.span());
    }
  }

  private Var declare(Ident name, Type type, Span place) {
    boolean labels = type instanceof Type.Labels;
    List<Type.Axis> axes = labels ? ((Type.Labels) type).axes() : ((Type.Shape) type).axes();
    List<Integer> lengths = new ArrayList<>();
    for (Type.Axis axis : axes) {
      lengths.add(length(axis));
    }
    Shape shape = Sizes.checked(new Shape(lengths), type.span());
    Var unplaced =
        labels
            ? Var.label(name.name(), shape.perExample(), classes((Type.Labels) type))
            : Var.real(name.name(), shape.perExample());
    Var var = unplaced.declared(place);
    context.name(var, name);
    frame.bind(name.name(), new Value.Tensor(var, shape.rank()), name.span());
    return var;
  }

  private int length(Type.Axis axis) {
    if (axis.open()) {
      return Shape.OPEN;
    }
    return positive(axis.length().orElseThrow(), "an axis has at least one place");
  }

  private int classes(Type.Labels type) {
    int classes = positive(type.classes(), "there is at least one class");
    if (classes == 1) {
      context.report(
          Diagnostic.warning(
                  Code.UNUSED,
                  type.span(),
                  "a label of a single class says nothing, it is always 0")
              .hint("a label that is one thing or another has two: class(2)"));
    }
    return classes;
  }

  private int positive(Expr expr, String rule) {
    int number = expressions.wholeNumber(expr, frame);
    if (number < 1) {
      throw new CheckException(
          Diagnostic.error(Code.SHAPE, expr.span(), rule).labelled("this is " + number));
    }
    return number;
  }

  private static String nameOf(Expr value) {
    if (value instanceof Expr.Name name) {
      return name.name();
    }
    return value instanceof Expr.Call call ? call.callee().name() : "output";
  }

  private void output(Value value, Expr expr, String name, Optional<Ident> target) {
    if (value instanceof Value.Unknown) {
      sound = false;
      return;
    }
    boolean number = value instanceof Value.Number;
    boolean real = value instanceof Value.Tensor t && t.var().real();
    if (!number && !real) {
      throw new CheckException(
          Diagnostic.error(Code.SHAPE, expr.span(), "an output is made of numbers")
              .note("this is " + value.describe()));
    }
    if (number || !((Value.Tensor) value).var().shape().batched()) {
      throw new CheckException(
          Diagnostic.error(Code.SHAPE, expr.span(), "this output does not depend on any input")
              .note("it would be the same for every example"));
    }
    Var var = ((Value.Tensor) value).var();
    boolean given = outputs.stream().map(Pairing.Output::var).anyMatch(var::equals);
    if (given || inputs.contains(var)) {
      var = context.builder().apply(new Reshape(var.shape()), var);
    }
    context.labels().putIfAbsent(var, Label.name(name));
    outputs.add(
        new Pairing.Output(var, expr.span(), target.map(this::target).orElse(Program.NO_TARGET)));
  }

  /** The place of the target that an output is said to answer. */
  private int target(Ident name) {
    List<String> names = targets.stream().map(Var::name).toList();
    int place = names.indexOf(name.name());
    if (place < 0) {
      Diagnostic error =
          Diagnostic.error(Code.NAME, name.span(), "there is no target '" + name + "' above");
      throw new CheckException(
          Nearest.to(name.name(), names)
              .map(near -> error.hint("did you mean " + near + "?"))
              .orElse(error));
    }
    return place;
  }

  private void loss(Statement.Loss declared) {
    if (loss != null) {
      throw new CheckException(
          Diagnostic.error(Code.LOSS, declared.span(), "a network has one loss")
              .hint("add the parts: loss a + 0.5 * b"));
    }
    Value value = expressions.evaluate(declared.value(), frame);
    if (value instanceof Value.Unknown) {
      sound = false;
      return;
    }
    if (!(value instanceof Value.Tensor tensor) || !tensor.var().real()) {
      throw new CheckException(
          Diagnostic.error(Code.LOSS, declared.value().span(), "a loss is made of numbers")
              .labelled("this is " + value.describe())
              .hint(numbers(value)));
    }
    loss = mean(one(tensor, declared).var(), declared);
  }

  /** The loss of an example: the mean of its numbers, such as those of its time steps. */
  private Value.Tensor one(Value.Tensor loss, Statement.Loss declared) {
    if (loss.rank() == 0) {
      return loss;
    }
    context.at(declared.span(), frame);
    List<Value> numbers = List.of(loss);
    List<Value> quotient =
        Stream.of("sum", "size")
            .map(Primitives::find)
            .map(p -> p.orElseThrow().apply().apply(context.arithmetic(), numbers, frame))
            .toList();
    context.labels().putIfAbsent(((Value.Tensor) quotient.get(0)).var(), Label.hint("loss_n"));
    return (Value.Tensor) context.arithmetic().elementwise(Elementwise.DIVIDE, quotient);
  }

  private static String numbers(Value value) {
    if (value instanceof Value.Tensor tensor) {
      return tensor.var().element() == Element.TRUTH
          ? "where(c, 1, 0) makes numbers of a condition"
          : "cross_entropy(logits, label) compares logits with a label";
    }
    return "compare what is predicted with a target, such as: loss mse(p, y)";
  }

  /** The mean of the examples' losses. */
  private Var mean(Var each, Statement.Loss declared) {
    context.at(declared.span(), frame);
    if (!each.shape().batched()) {
      return each;
    }
    Var sum = context.builder().apply(new Sum(List.of(0)), each);
    Var count = context.builder().apply(new BatchSize());
    Var mean = context.builder().apply(Elementwise.DIVIDE, sum, count);
    context.labels().put(mean, Label.name("loss"));
    return mean;
  }

  private void requireWhole() {
    if (loss == null) {
      report(
          Diagnostic.error(Code.LOSS, network.name().span(), "this network has no loss")
              .hint("say what to minimise, such as: loss mse(p, y)"));
    }
    if (outputs.isEmpty()) {
      report(
          Diagnostic.error(Code.PLAN, network.name().span(), "this network has no output")
              .hint("say what it predicts, such as: output p = dense(h, 1)"));
    }
    if (open(targets) && !open(inputs)) {
      report(
          Diagnostic.error(Code.SHAPE, network.name().span(), "no input has an open axis")
              .note("a target has one, and how long a prediction is must come from an input")
              .hint("declare an input such as: input x: [*, 3]"));
    }
    if (root.allParameters().isEmpty()) {
      report(
          Diagnostic.error(Code.LOSS, network.name().span(), "this network has nothing to train")
              .hint("apply a layer, such as: h = dense(x, 8)"));
    }
  }

  /** What values of the program should be, once it is there. */
  List<Expectation> expectations() {
    return expectations;
  }

  private static boolean open(List<Var> vars) {
    return vars.stream().anyMatch(v -> v.shape().open());
  }

  private Program program(List<Program.Group> groups) {
    List<Instance.DraftParameter> drafts = root.allParameters();
    List<Instance.DraftState> kept = root.allStates();
    Map<Role, List<Var>> from = new EnumMap<>(Role.class);
    from.put(Role.INPUT, inputs);
    from.put(Role.TARGET, targets);
    if (open(inputs) || open(targets)) {
      from.put(Role.LENGTHS, List.of(context.lengths()));
    }
    from.put(Role.PARAMETER, drafts.stream().map(Instance.DraftParameter::var).toList());
    from.put(Role.STATE, kept.stream().map(s -> s.before().var()).toList());
    List<Var> predicted = outputs.stream().map(Pairing.Output::var).toList();
    List<Var> after = kept.stream().map(Instance.DraftState::now).toList();
    Map<Role, List<Var>> to =
        Map.of(Role.OUTPUT, predicted, Role.LOSS, List.of(loss), Role.STATE, after);
    Renaming renaming = context.renaming();
    Numbering numbering = new Numbering();
    Function step =
        numbering.number(
            renaming.apply(
                Function.of(network.name().name(), from, context.builder().equations(), to)));
    expectations =
        context.expectations().stream().map(e -> e.of(renaming.apply(e.value()))).toList();
    List<Program.Parameter> parameters =
        drafts.stream().map(d -> parameter(d, renaming, numbering)).toList();
    List<Program.Parameter> states =
        kept.stream().map(s -> parameter(s.before(), renaming, numbering)).toList();
    return Program.of(
            new Program.Heading(network.name().name(), network.doc(), network.span().file()),
            parameters,
            step)
        .keeping(states)
        .trainedBy(groups.stream().map(group -> numbered(group, numbering)).toList())
        .answering(answers);
  }

  private static Program.Parameter parameter(
      Instance.DraftParameter draft, Renaming renaming, Numbering numbering) {
    Function initializer = numbering.number(renaming.apply(draft.initializer()));
    return new Program.Parameter(draft.path(), initializer, draft.formula(), draft.span());
  }

  private static Program.Group numbered(Program.Group group, Numbering numbering) {
    Optimizer optimizer = group.optimizer();
    List<Optimizer.Option> options =
        optimizer.options().stream()
            .map(option -> option.withSchedule(numbering.number(option.schedule())))
            .toList();
    return new Program.Group(
        optimizer.withStep(numbering.number(optimizer.step())).withOptions(options),
        group.parameters());
  }
}
