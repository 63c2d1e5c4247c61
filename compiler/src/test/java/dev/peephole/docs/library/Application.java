package dev.peephole.docs.library;

import dev.peephole.check.scope.Library;
import dev.peephole.ir.Program;
import dev.peephole.proof.Texts;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Declaration.Callable;
import dev.peephole.syntax.Declaration.Kind;
import dev.peephole.syntax.Expr;
import dev.peephole.syntax.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A declaration of the library applied to a small input, which follows from what it takes.
 *
 * @param callable the declaration
 * @param call how it is applied
 * @param inputs the values that it is given, with their types
 */
record Application(Callable callable, String call, Map<String, String> inputs) {
  private static final int LAST_AXIS = 4;
  private static final int OTHER_AXIS = 5;
  private static final String UNITS = "3";
  private static final String NUMBER = "0.1";

  /** What the loss is multiplied by, so that there is something to train; no formula has it. */
  static final String FACTOR = "one";

  /** Values of any shape are a table if there is one of them, rows if there are more. */
  static Application of(Callable callable, Map<String, String> options) {
    boolean one = callable.parameters().stream().filter(p -> isAnyValue(p, callable)).count() == 1;
    return of(callable, options, one ? "[2, 4]" : "[4]");
  }

  /**
   * @param options values of options other than the usual ones, by name
   * @param anyValue the shape of values that may have any
   */
  static Application of(Callable callable, Map<String, String> options, String anyValue) {
    Map<String, String> inputs = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>();
    for (Declaration.Parameter parameter : callable.parameters()) {
      String name = parameter.name().name();
      if (isTensor(parameter, callable)) {
        String shape = parameter.type().map(Application::shape).orElse(anyValue);
        inputs.put(name, callable.kind() == Kind.CELL ? "[5, " + shape.substring(1) : shape);
        arguments.add(name);
      } else if (parameter.standard().isEmpty()) {
        arguments.add(required(parameter));
      }
    }
    options.forEach((name, value) -> arguments.add(name + ": " + value));
    String brackets = arguments.isEmpty() ? "" : "(" + String.join(", ", arguments) + ")";
    return new Application(callable, callable.name().name() + brackets, inputs);
  }

  /** Whether it is given a value of the network, of any shape. */
  static boolean isAnyValue(Declaration.Parameter parameter, Callable callable) {
    return isTensor(parameter, callable) && parameter.type().isEmpty();
  }

  static boolean isTensor(Declaration.Parameter parameter, Callable callable) {
    boolean numbers =
        callable.kind() == Kind.INITIALIZER
            || callable.kind() == Kind.OPTIMIZER
            || isSchedule(callable);
    return parameter.type().map(type -> !(type instanceof Type.Kind)).orElse(!numbers)
        && parameter.standard().isEmpty();
  }

  /** Whether it is for options of optimizers. */
  static boolean isSchedule(Callable callable) {
    return callable.span().file().name().endsWith("schedules.nn");
  }

  private static String required(Declaration.Parameter parameter) {
    String kind = parameter.type().map(type -> ((Type.Kind) type).name()).orElse("");
    return switch (kind) {
      case "int" -> parameter.name().name().equals("groups") ? "2" : UNITS;
      case "ints" -> "[" + UNITS + ", 2]";
      case "layer" -> "dense(" + LAST_AXIS + ") |> tanh";
      case "layers" -> "[dense(" + UNITS + "), tanh]";
      case "cell" -> firstCell();
      default -> NUMBER;
    };
  }

  private static String firstCell() {
    Library library = new Library();
    return library.names().stream()
        .filter(name -> library.find(name).orElseThrow().kind() == Kind.CELL)
        .findFirst()
        .orElseThrow();
  }

  /** Axes that are bound are four long if they come last, else five. */
  private static String shape(Type type) {
    if (type instanceof Type.Labels labels) {
      return axes(labels.axes()).replace("[]", "") + "class(" + LAST_AXIS + ")";
    }
    return axes(((Type.Shape) type).axes());
  }

  private static String axes(List<Type.Axis> axes) {
    List<String> lengths = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      boolean bound = axes.get(i).length().filter(Expr.Name.class::isInstance).isPresent();
      int length = i == axes.size() - 1 ? LAST_AXIS : OTHER_AXIS;
      lengths.add(bound ? "" + length : axes.get(i).span().text());
    }
    return "[" + String.join(", ", lengths) + "]";
  }

  /** What its result is called in the formulas: y, unless it is given something of that name. */
  String result() {
    return inputs.containsKey("y") ? "L" : "y";
  }

  /** The network that shows it, as the check leaves it. */
  Program checked() {
    return switch (callable.kind()) {
      case INITIALIZER -> initializing();
      case OPTIMIZER -> optimized(call);
      default -> isSchedule(callable) ? optimized("sgd(rate: %s)".formatted(call)) : applied();
    };
  }

  private Program applied() {
    return network(
        """
        network Shown {
        %s
          param  %s: [] = 1
          output %s = %s
          loss %s * sum(%s)
        }
        """
            .formatted(
                inputs.entrySet().stream()
                    .map(input -> "  input  " + input.getKey() + ": " + input.getValue())
                    .collect(Collectors.joining("\n")),
                FACTOR,
                result(),
                call,
                FACTOR,
                result()));
  }

  private Program initializing() {
    return network(
        """
        network Shown {
          input  x: [60]
          param  W: [60, 40] = %s
          output y = x @ W
          loss sum(y)
        }
        """
            .formatted(call));
  }

  private static Program optimized(String optimizer) {
    return network(
        """
        network Shown {
          input  x: [2]
          target y: [1]
          param  W: [2, 1] = 1
          output p = x @ W
          loss mse(p, y)
        }
        train Shown {
          data      xor() { x = x   y = y }
          split     50 / 50
          optimizer %s
        }
        """
            .formatted(optimizer));
  }

  private static Program network(String text) {
    return Texts.network(text).checked();
  }
}
