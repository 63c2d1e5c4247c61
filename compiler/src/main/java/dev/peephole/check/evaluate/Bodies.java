package dev.peephole.check.evaluate;

import dev.peephole.check.scope.Frame;
import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Sizes;
import dev.peephole.check.value.Value;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Range;
import dev.peephole.ir.Var;
import dev.peephole.op.Constant;
import dev.peephole.range.Expectation;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows the statements of a body. */
public final class Bodies {
  private final Context context;
  private final Expressions expressions;
  private final Parameters parameters;
  private final KeptStates states;

  public Bodies(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
    this.parameters = new Parameters(context, expressions, this);
    this.states = new KeptStates(context, expressions, parameters);
  }

  /** What the body returns; an error in it is reported and gives an unknown value. */
  public Value follow(Callable callable, Frame frame) {
    boolean sound = true;
    for (Statement statement : callable.body()) {
      try {
        if (statement instanceof Statement.Return result) {
          requireStates(callable.body(), frame, sound);
          return sound ? expressions.evaluate(result.value(), frame) : new Value.Unknown();
        }
        follow(statement, frame);
      } catch (CheckException flaw) {
        flaw.diagnostic().ifPresent(context::report);
        sound = false;
        if (statement instanceof Statement.Equation equation) {
          frame.bind(equation.name().name(), new Value.Unknown(), equation.name().span());
        }
      }
    }
    if (!sound) {
      return new Value.Unknown();
    }
    throw new CheckException(
        Diagnostic.error(
                Code.SYNTAX, callable.name().span(), "'" + callable.name() + "' returns nothing")
            .hint("end its body with a line such as: return y"));
  }

  /** Follows a statement that means the same in every body: an equation, a param, a state. */
  public void follow(Statement statement, Frame frame) {
    if (statement instanceof Statement.Equation equation) {
      equation(equation, frame);
    } else if (statement instanceof Statement.Param param) {
      parameters.declare(param, frame);
    } else if (statement instanceof Statement.State state) {
      states.declare(state, frame);
    } else if (statement instanceof Statement.Require require) {
      require(require, frame);
    } else if (statement instanceof Statement.Expect expect) {
      expect(expect, frame);
    }
  }

  /** Notes what a value should be; whether it is can be said once the network is written down. */
  private void expect(Statement.Expect expect, Frame frame) {
    double from = expressions.number(expect.from(), frame);
    double to = expressions.number(expect.to(), frame);
    if (!(expressions.evaluate(expect.value(), frame) instanceof Value.Tensor tensor)) {
      return;
    }
    boolean applied = frame.caller() != null;
    Span place = applied ? context.called(frame.call(), frame.caller()) : expect.span();
    Diagnostic warning = Diagnostic.warning(Code.RANGE, place, expect.otherwise());
    if (applied) {
      warning =
          warning.note(
              "%s expects %s %s %s .. %s"
                  .formatted(
                      frame.callable().name(),
                      expect.value().span().text(),
                      expect.within() ? "within" : "beyond",
                      Constant.text(from),
                      Constant.text(to)));
    }
    Expr.Call made = context.made().get(tensor.var());
    if (!expect.within() && made != null && !made.arguments().isEmpty()) {
      warning =
          warning.hint(
              "give it %s, of which %s makes these"
                  .formatted(made.arguments().get(0).value().span().text(), made.callee()));
    }
    context.expect(new Expectation(tensor.var(), Range.closed(from, to), expect.within(), warning));
  }

  /** Says what is wrong with the options of a body, if its requirement does not hold. */
  private void require(Statement.Require require, Frame frame) {
    Set<String> names =
        names(require.condition()).collect(Collectors.toCollection(LinkedHashSet::new));
    if (context.isScheduling()
        && expressions.evaluate(require.condition(), frame) instanceof Value.Tensor holds) {
      demand(require, holds, names, frame);
      return;
    }
    if (expressions.holds("require", require.condition(), frame)) {
      return;
    }
    List<Value> values =
        names.stream()
            .map(frame.names()::get)
            .filter(Objects::nonNull)
            .map(Frame.Bound::value)
            .toList();
    boolean shapes = values.stream().anyMatch(Value.Tensor.class::isInstance);
    Diagnostic error =
        Diagnostic.error(shapes ? Code.SHAPE : Code.OPTION, require.span(), require.otherwise())
            .note("it requires " + require.condition().span().text() + given(names, frame));
    boolean open = values.stream().anyMatch(Bodies::isSequence);
    boolean forgotten = open && !values.stream().allMatch(Bodies::isSequence);
    Diagnostic told = context.traced(error, frame);
    throw new CheckException(
        forgotten ? told.hint("last(x) or sum(x, 0) makes one row of a sequence") : told);
  }

  /** Notes a requirement on what changes while training goes on. */
  private void demand(
      Statement.Require require, Value.Tensor holds, Set<String> names, Frame frame) {
    Map<String, Var> values = new LinkedHashMap<>();
    for (String name : names) {
      Frame.Bound bound = frame.names().get(name);
      if (bound != null && bound.value() instanceof Value.Tensor tensor) {
        values.put(name, tensor.var());
      }
    }
    Diagnostic broken =
        Diagnostic.error(Code.OPTION, require.span(), require.otherwise())
            .note("it requires " + require.condition().span().text());
    context.demand(new Context.Demand(holds.var(), context.traced(broken, frame), values));
  }

  private static boolean isSequence(Value value) {
    return value instanceof Value.Tensor tensor && tensor.var().shape().open();
  }

  /** What a requirement is about: the names, and what they are. */
  private static String given(Set<String> names, Frame frame) {
    String given =
        names.stream()
            .flatMap(name -> said(name, frame.names().get(name)).stream())
            .collect(Collectors.joining(" and "));
    return given.isEmpty() ? "" : ", and " + given;
  }

  private static Stream<String> names(Expr expr) {
    return expr instanceof Expr.Name name
        ? Stream.of(name.name())
        : expr.parts().stream().flatMap(Bodies::names);
  }

  private static Optional<String> said(String name, Frame.Bound bound) {
    if (bound == null) {
      return Optional.empty();
    } else if (bound.value() instanceof Value.Number number) {
      return Optional.of(name + " is " + Constant.text(number.value()));
    }
    if (bound.value() instanceof Value.Tensor tensor) {
      return Optional.of(name + " is " + tensor.whole().describe());
    }
    boolean told = bound.value() instanceof Value.Truth;
    return told ? Optional.of(name + " is " + bound.value().describe()) : Optional.empty();
  }

  /** Evaluates an equation and gives its value its name. */
  public Value equation(Statement.Equation equation, Frame frame) {
    String name = equation.name().name();
    int start = context.builder().equations().size();
    Value value = expressions.evaluate(equation.value(), frame);
    if (states.computes(equation, frame) && !(value instanceof Value.Unknown)) {
      value = states.assign(equation, value, frame);
    }
    if (value instanceof Value.Tensor tensor) {
      Sizes.checked(tensor.var().shape(), equation.value().span());
    }
    if (value instanceof Value.Tensor tensor && madeSince(start, tensor.var())) {
      context.name(tensor.var(), equation.name());
    } else if (value instanceof Value.Applied applied) {
      applied.instance().nameIfUnnamed(name);
    }
    frame.bind(name, value, equation.name().span());
    return value;
  }

  private boolean madeSince(int start, Var var) {
    List<Equation> equations = context.builder().equations();
    return equations.subList(start, equations.size()).stream().anyMatch(e -> e.out() == var);
  }

  /** Makes sure that the states of a body without errors are computed in it. */
  public void requireStates(List<Statement> body, Frame frame, boolean sound) {
    if (sound) {
      states.requireAll(body, frame);
    }
  }

  Parameters parameters() {
    return parameters;
  }
}
