package dev.peephole.check;

import dev.peephole.check.evaluate.Arguments;
import dev.peephole.check.scope.Declarations;
import dev.peephole.check.scope.Primitives;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.source.Span;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.Statement;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds names that nothing declares and names declared twice, in bodies used or not. */
final class NameResolution {
  private static final Map<Declaration.Kind, List<String>> GIVEN =
      Map.of(
          Declaration.Kind.OPTIMIZER, List.of("parameter", "gradient", "step"),
          Declaration.Kind.INITIALIZER, List.of("fan_in", "fan_out"));

  private final Declarations declarations;
  private final Diagnostics diagnostics;

  NameResolution(Declarations declarations, Diagnostics diagnostics) {
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  void check(Declaration declaration) {
    if (declaration instanceof Declaration.Network network) {
      Body body = new Body(List.of());
      body.forward(network.body());
      body.check(network.body());
      body.warnOfUnread();
    } else if (declaration instanceof Callable callable) {
      check(callable);
    } else if (declaration instanceof Declaration.Const constant) {
      new Body(List.of()).use(constant.value());
    } else if (declaration instanceof Declaration.Train train) {
      Body body = new Body(List.of());
      train.clauses().forEach(clause -> clause.expressions().forEach(body::use));
    }
  }

  private void check(Callable callable) {
    Body body = new Body(GIVEN.getOrDefault(callable.kind(), List.of()));
    for (Declaration.Parameter parameter : callable.parameters()) {
      parameter.standard().ifPresent(body::use);
      parameter.type().ifPresent(body::bindAxes);
      body.declare(parameter.name(), true);
    }
    body.forward(callable.body());
    body.check(callable.body());
    callable.parameters().forEach(body::warnIfUnread);
    body.warnOfUnread();
  }

  /** The lengths, and the number of classes, that a type is written with. */
  private static List<Expr> axes(Type type) {
    List<Expr> lengths = new ArrayList<>();
    if (type instanceof Type.Shape shape) {
      shape.axes().forEach(a -> a.length().ifPresent(lengths::add));
    } else if (type instanceof Type.Labels labels) {
      labels.axes().forEach(a -> a.length().ifPresent(lengths::add));
      lengths.add(labels.classes());
    }
    return lengths;
  }

  /** Every name declared in a list of files; the same name twice is an error. */
  void checkDuplicates(List<Declaration> all) {
    Map<String, Span> seen = new HashMap<>();
    for (Declaration declaration : all) {
      nameOf(declaration)
          .ifPresent(
              name -> {
                Span before = seen.putIfAbsent(key(declaration, name), name.span());
                if (before != null) {
                  duplicate(name, before);
                }
              });
    }
  }

  private static String key(Declaration declaration, Ident name) {
    return (declaration instanceof Declaration.Train ? "train " : "") + name.name();
  }

  private static Optional<Ident> nameOf(Declaration declaration) {
    if (declaration instanceof Declaration.Network network) {
      return Optional.of(network.name());
    } else if (declaration instanceof Callable callable) {
      return Optional.of(callable.name());
    } else if (declaration instanceof Declaration.Const constant) {
      return Optional.of(constant.name());
    } else if (declaration instanceof Declaration.Train train) {
      return Optional.of(train.network());
    }
    return Optional.empty();
  }

  private void duplicate(Ident name, Span before) {
    diagnostics.report(
        Diagnostic.error(Code.DUPLICATE, name.span(), "'" + name + "' is declared twice")
            .and(before, "declared here first"));
  }

  /** The names in sight while one body is read from its first line to its last. */
  private final class Body {
    private final Map<String, Span> known = new HashMap<>();
    private final Set<String> redefinable = new HashSet<>();
    private final Map<String, Span> later = new HashMap<>();
    private final Set<String> states = new HashSet<>();
    private final Set<String> read = new HashSet<>();

    /** What only this body can read, and what has become of it. */
    private final Map<Ident, String> own = new LinkedHashMap<>();

    Body(List<String> given) {
      given.forEach(name -> known.put(name, null));
      redefinable.addAll(given);
    }

    /** Notes what is declared further down, for messages, and states, which may be used before. */
    void forward(List<Statement> body) {
      for (Statement statement : body) {
        if (statement instanceof Statement.State state) {
          state.names().forEach(n -> states.add(n.name()));
        }
      }
    }

    void check(List<Statement> body) {
      for (Statement statement : body) {
        if (statement instanceof Statement.Equation e) {
          later.putIfAbsent(e.name().name(), e.name().span());
        }
      }
      body.forEach(this::check);
    }

    private void check(Statement statement) {
      if (statement instanceof Statement.Input input) {
        useType(input.type());
        declare(input.name(), false);
        own.put(input.name(), "given");
      } else if (statement instanceof Statement.Target target) {
        useType(target.type());
        declare(target.name(), false);
      } else if (statement instanceof Statement.Equation equation) {
        use(equation.value());
        if (!equation.output() && !redefinable.contains(equation.name().name())) {
          own.put(equation.name(), "computed");
        }
        declare(equation.name(), false);
      } else if (statement instanceof Statement.Output output) {
        output.answers().forEach(answer -> use(answer.value()));
      } else if (statement instanceof Statement.Loss loss) {
        use(loss.value());
      } else if (statement instanceof Statement.Require require) {
        use(require.condition());
      } else if (statement instanceof Statement.Expect expect) {
        List.of(expect.value(), expect.from(), expect.to()).forEach(this::use);
      } else if (statement instanceof Statement.Return result) {
        use(result.value());
      } else if (statement instanceof Statement.Param param) {
        useType(param.shape());
        param.init().ifPresent(this::use);
        param.when().ifPresent(this::use);
        param.names().forEach(n -> declare(n, false));
      } else if (statement instanceof Statement.State state) {
        state.shape().ifPresent(this::useType);
        state.init().ifPresent(this::use);
        state.names().forEach(this::declareState);
      }
    }

    /** The equation that computes a state gives its name once more. */
    private void declareState(Ident name) {
      if (known.get(name.name()) != null) {
        duplicate(name, known.get(name.name()));
      }
      redefinable.add(name.name());
    }

    void declare(Ident name, boolean parameter) {
      boolean again = known.containsKey(name.name()) && !redefinable.contains(name.name());
      if (again && (parameter || known.get(name.name()) != null)) {
        duplicate(name, known.get(name.name()));
      }
      redefinable.remove(name.name());
      known.putIfAbsent(name.name(), name.span());
    }

    /** Says which of the body's own names nothing reads. */
    void warnOfUnread() {
      own.forEach(
          (name, become) -> {
            if (!read.contains(name.name())) {
              warn(name, become, "leave it out, or read it below");
            }
          });
    }

    /**
     * Says so if nothing reads an argument, nor a length that its shape binds. A name that begins
     * with _ says that this is meant.
     */
    void warnIfUnread(Declaration.Parameter parameter) {
      String name = parameter.name().name();
      Set<String> names = new HashSet<>(Set.of(name));
      parameter.type().map(NameResolution::axes).orElse(List.of()).stream()
          .filter(Expr.Name.class::isInstance)
          .forEach(axis -> names.add(((Expr.Name) axis).name()));
      if (Collections.disjoint(names, read) && !name.startsWith("_")) {
        warn(
            parameter.name(),
            "given",
            "leave it out, or call it _" + name + " if it must be there");
      }
    }

    private void warn(Ident name, String become, String hint) {
      diagnostics.report(
          Diagnostic.warning(
                  Code.UNUSED, name.span(), "'" + name + "' is " + become + " and never read")
              .hint(hint));
    }

    /** The axes of an argument's shape bind the names that are not known yet. */
    void bindAxes(Type type) {
      axes(type).forEach(this::bindAxis);
    }

    private void bindAxis(Expr length) {
      if (length instanceof Expr.Name name) {
        if (declarations.constant(name.ident()).isEmpty()) {
          known.putIfAbsent(name.name(), null);
        }
      } else {
        use(length);
      }
    }

    private void useType(Type type) {
      axes(type).forEach(this::use);
    }

    void use(Expr expr) {
      if (expr instanceof Expr.Name name) {
        require(name.ident());
      } else if (expr instanceof Expr.Call call) {
        call(call);
      } else if (expr instanceof Expr.Prev prev) {
        if (!states.contains(prev.state().name())) {
          unknown(prev.state(), "state", List.copyOf(states));
        }
      } else {
        expr.parts().forEach(this::use);
      }
    }

    /** The name that a repetition goes by is known in what is repeated. */
    private void call(Expr.Call call) {
      List<Ident> within = new ArrayList<>();
      for (Expr.Argument argument : call.arguments()) {
        if (!Arguments.isDirection(argument)) {
          use(argument.value());
        }
        if (argument.value() instanceof Expr.Each each && isFresh(each.name())) {
          within.add(each.name());
        }
      }
      require(call.callee());
      for (Ident name : within) {
        known.remove(name.name());
        if (!read.contains(name.name())) {
          warn(name, "given", "read it in what is repeated, or leave it out");
        }
      }
    }

    private boolean isFresh(Ident name) {
      if (!known.containsKey(name.name())) {
        known.put(name.name(), name.span());
        return true;
      }
      Diagnostic error =
          Diagnostic.error(
              Code.DUPLICATE, name.span(), "'" + name + "' stands for something already");
      Span before = known.get(name.name());
      diagnostics.report(before == null ? error : error.and(before, "declared here first"));
      return false;
    }

    private void require(Ident name) {
      read.add(name.name());
      boolean found =
          known.containsKey(name.name())
              || declarations.callable(name).isPresent()
              || declarations.constant(name).isPresent()
              || Primitives.find(name.name()).isPresent();
      if (!found && later.containsKey(name.name())) {
        diagnostics.report(
            Diagnostic.error(Code.NAME, name.span(), "'" + name + "' is used before it is computed")
                .and(later.get(name.name()), "computed here"));
      } else if (!found) {
        List<String> all = new ArrayList<>(known.keySet());
        all.sort(null);
        all.addAll(declarations.names());
        unknown(name, "name", all);
      }
    }

    private void unknown(Ident name, String what, List<String> all) {
      Diagnostic error =
          Diagnostic.error(Code.NAME, name.span(), "there is no " + what + " '" + name + "' here");
      diagnostics.report(
          Nearest.to(name.name(), all)
              .map(n -> error.hint("did you mean " + n + "?"))
              .orElse(error));
    }
  }
}
