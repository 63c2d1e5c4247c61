package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.op.Constant;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Declaration.Parameter;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Matches the arguments of a call with the parameters that a declaration lists. */
public final class Arguments {

  /** An argument's value and where it stands, {@code null} if it was bound before the call. */
  record Argument(Value value, Span span) {}

  private final Context context;
  private final Expressions expressions;
  private final Chains chains;

  public Arguments(Context context, Expressions expressions) {
    this.context = context;
    this.chains = new Chains(context, expressions);
    this.expressions = expressions;
  }

  /** Whether a parameter is a tensor of the running network rather than an option. */
  static boolean wantsTensor(Parameter parameter) {
    return parameter
        .type()
        .map(t -> !(t instanceof Type.Kind))
        .orElse(parameter.standard().isEmpty());
  }

  /** The arguments by the names of their parameters, evaluated in the caller's frame. */
  Map<String, Argument> match(
      Callable callable, Map<String, Value> given, Expr.Call call, Frame frame) {
    Map<String, Argument> bound = new LinkedHashMap<>();
    given.forEach((name, value) -> bound.put(name, new Argument(value, null)));
    List<Parameter> open = new ArrayList<>(callable.parameters());
    open.removeIf(p -> given.containsKey(p.name().name()));
    for (Expr.Argument argument : call.arguments()) {
      if (isDirection(callable, argument)) {
        continue;
      }
      requireNoOther(callable, argument, frame);
      Value value;
      String name;
      if (isState(callable, argument)) {
        value = expressions.evaluate(argument.value(), frame);
        name = argument.name().orElseThrow().name();
        requireNumbers(callable, name, value, argument.value().span(), frame);
      } else {
        Parameter parameter =
            argument.name().isPresent()
                ? byName(callable, argument.name().get(), frame)
                : next(callable, open, argument, frame);
        open.remove(parameter);
        name = parameter.name().name();
        value = read(parameter, argument.value(), frame);
        requireKind(callable, parameter, value, argument.value().span(), frame);
      }
      Argument before = bound.put(name, new Argument(value, argument.value().span()));
      if (before != null && before.span() != null) {
        throw new CheckException(
            Diagnostic.error(Code.OPTION, argument.value().span(), "'" + name + "' is given twice")
                .and(before.span(), "it was given here"));
      }
    }
    return bound;
  }

  /** The value of what is given for a parameter; layers are read without being applied. */
  Value read(Parameter parameter, Expr given, Frame frame) {
    return switch (wantsTensor(parameter) ? "" : kind(parameter)) {
      case "function", "layer", "cell" -> chains.read(given, frame);
      case "layers" -> chains.readEach(given, frame);
      default -> expressions.evaluate(given, frame);
    };
  }

  /** Whether this says with what a state of a cell begins. */
  private static boolean isState(Callable callable, Expr.Argument argument) {
    return callable.kind() == Kind.CELL
        && argument
            .name()
            .filter(n -> names(callable, n) && callable.parameter(n.name()).isEmpty())
            .isPresent();
  }

  /** Whether a cell has a state of this name. */
  private static boolean names(Callable cell, Ident name) {
    return states(cell).contains(name.name());
  }

  /** The names of a cell's states, those that a condition may leave out among them. */
  private static List<String> states(Callable cell) {
    return cell.body().stream()
        .filter(Statement.State.class::isInstance)
        .flatMap(s -> ((Statement.State) s).names().stream())
        .map(Ident::name)
        .toList();
  }

  private void requireNumbers(
      Callable callable, String state, Value value, Span span, Frame frame) {
    boolean fits =
        value instanceof Value.Tensor
            || value instanceof Value.Number
            || value instanceof Value.Unknown;
    if (!fits) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.OPTION,
                      span,
                      "the state '" + state + "' of " + callable.name() + " begins with numbers")
                  .labelled("this is " + value.describe()),
              frame));
    }
  }

  /** Whether this says in which direction a cell runs, which every cell can be told. */
  private static boolean isDirection(Callable callable, Expr.Argument argument) {
    return callable.kind() == Kind.CELL && isDirection(argument);
  }

  /** Whether this is {@code direction: forward} or {@code direction: backward}. */
  public static boolean isDirection(Expr.Argument argument) {
    return argument.name().map(n -> n.name().equals("direction")).orElse(false)
        && argument.value() instanceof Expr.Name name
        && (name.name().equals("forward") || name.name().equals("backward"));
  }

  /** A direction that is neither is not taken for an option of the cell's own. */
  private void requireNoOther(Callable callable, Expr.Argument argument, Frame frame) {
    boolean own = callable.parameter("direction").isPresent();
    boolean named = argument.name().filter(n -> n.name().equals("direction")).isPresent();
    if (callable.kind() == Kind.CELL && named && !own) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                  Code.OPTION, argument.value().span(), "a cell runs forward or backward"),
              frame));
    }
  }

  /** Whether a call tells a cell to begin at the last time step. */
  boolean reversed(Expr.Call call) {
    return call.arguments().stream()
        .filter(Arguments::isDirection)
        .anyMatch(a -> ((Expr.Name) a.value()).name().equals("backward"));
  }

  private Parameter byName(Callable callable, Ident name, Frame frame) {
    Optional<Parameter> found = callable.parameter(name.name());
    if (found.isPresent()) {
      return found.get();
    }
    List<String> names =
        new ArrayList<>(callable.parameters().stream().map(p -> p.name().name()).toList());
    if (callable.kind() == Kind.CELL) {
      names.addAll(states(callable));
    }
    Diagnostic error =
        Diagnostic.error(
                Code.OPTION, name.span(), "'" + callable.name() + "' has no option '" + name + "'")
            .note(names.isEmpty() ? "it has none" : "it has " + String.join(", ", names));
    throw new CheckException(
        context.traced(
            Nearest.to(name.name(), names)
                .map(n -> error.hint("did you mean " + n + "?"))
                .orElse(error),
            frame));
  }

  private Parameter next(
      Callable callable, List<Parameter> open, Expr.Argument argument, Frame frame) {
    if (open.isEmpty()) {
      throw new CheckException(
          context.traced(
              Diagnostic.error(
                      Code.OPTION,
                      argument.value().span(),
                      "'" + callable.name() + "' takes no further argument")
                  .note("it is written " + signature(callable)),
              frame));
    }
    return open.get(0);
  }

  /** {@code dense(x, units, init)}. */
  static String signature(Callable callable) {
    return callable.name()
        + callable.parameters().stream()
            .map(p -> p.name().name())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private void requireKind(
      Callable callable, Parameter parameter, Value value, Span span, Frame frame) {
    if (value instanceof Value.Unknown
        || fits(parameter, value)
        || isScheduled(callable, parameter, value)) {
      return;
    }
    String asked = "'" + parameter.name() + "' of " + callable.name() + " is " + wanted(parameter);
    Diagnostic error = Diagnostic.error(Code.OPTION, span, asked);
    if (value instanceof Value.Length && kind(parameter).equals("int")) {
      error =
          Diagnostic.error(Code.OPTION, span, "the length of an open axis is not known here")
              .note(
                  asked
                      + ": give the axis a length, as 'window' gives one to the examples of a plan");
    }
    throw new CheckException(context.traced(error.labelled("this is " + value.describe()), frame));
  }

  /** Whether this is a number that changes while training goes on, and may. */
  private boolean isScheduled(Callable callable, Parameter parameter, Value value) {
    return callable.kind() == Kind.OPTIMIZER
        && kind(parameter).equals("real")
        && value instanceof Value.Tensor tensor
        && tensor.var().real()
        && tensor.var().shape().rank() == 0;
  }

  private boolean fits(Parameter parameter, Value value) {
    if (wantsTensor(parameter)) {
      return value instanceof Value.Tensor
          || value instanceof Value.Number
          || value instanceof Value.Length;
    }
    return switch (kind(parameter)) {
      case "int" -> value instanceof Value.Number n && n.integer();
      case "ints" ->
          value instanceof Value.Numbers
              || value instanceof Value.Batch
              || value instanceof Value.Number n && n.integer();
      case "real" -> value instanceof Value.Number;
      case "bool" -> value instanceof Value.Truth;
      case "text" -> value instanceof Value.Text;
      case "initializer" -> is(value, Kind.INITIALIZER) || value instanceof Value.Number;
      case "function" -> chains.isOnly(Kind.FUNCTION, value);
      case "layer" -> Chains.isLayer(value);
      case "layers" -> value instanceof Value.Layers;
      case "cell" -> chains.isOnly(Kind.CELL, value);
      case "optimizer" -> is(value, Kind.OPTIMIZER);
      default -> true;
    };
  }

  private static boolean is(Value value, Kind kind) {
    return value instanceof Value.Reference r && r.callable().kind() == kind;
  }

  /** The kind that a parameter declares, or that its default shows. */
  private static String kind(Parameter parameter) {
    if (parameter.type().isPresent() && parameter.type().get() instanceof Type.Kind kind) {
      return kind.name();
    }
    Expr standard = parameter.standard().orElseThrow();
    if (standard instanceof Expr.Bool) {
      return "bool";
    }
    return standard instanceof Expr.Num || standard instanceof Expr.Negate ? "real" : "";
  }

  private static String wanted(Parameter parameter) {
    if (wantsTensor(parameter)) {
      return "a value of the network";
    }
    return switch (kind(parameter)) {
      case "int" -> "a whole number";
      case "ints" -> "a list of whole numbers";
      case "real" -> "a number";
      case "bool" -> "true or false";
      case "text" -> "a text in quotes";
      case "initializer" -> "an initializer or a number";
      case "optimizer" -> "an optimizer";
      case "layers" -> "a list of layers";
      default -> "a " + kind(parameter);
    };
  }

  /**
   * An option's number goes into the generated code under the option's name; where a list is taken
   * it is a list of one.
   */
  public Value spelled(Parameter parameter, Value value) {
    if (value instanceof Value.Number number
        && !wantsTensor(parameter)
        && !kind(parameter).equals("int")) {
      if (kind(parameter).equals("ints")) {
        return new Value.Numbers(List.of((int) number.value()));
      }
      Constant named = new Constant(number.value(), parameter.name().name());
      return new Value.Number(number.integer(), context.builder().apply(named), number.constant());
    }
    return value;
  }

  public void requireAll(Callable callable, List<Parameter> missing, Frame inside) {
    if (missing.isEmpty()) {
      return;
    }
    String names =
        String.join(", ", missing.stream().map(p -> "'" + p.name().name() + "'").toList());
    throw new CheckException(
        context.traced(
            Diagnostic.error(Code.OPTION, inside.call(), "'" + callable.name() + "' needs " + names)
                .note("it is written " + signature(callable)),
            inside.caller()));
  }
}
