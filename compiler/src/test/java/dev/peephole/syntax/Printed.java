package dev.peephole.syntax;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A syntax tree as source again, with brackets around every operation. */
final class Printed {
  private Printed() {}

  static String of(SyntaxTree tree) {
    return tree.declarations().stream().map(Printed::declaration).collect(Collectors.joining("\n"));
  }

  static String declaration(Declaration declaration) {
    if (declaration instanceof Declaration.Import part) {
      return "import " + quoted(part.path()) + "\n";
    }
    if (declaration instanceof Declaration.Const part) {
      return doc("", part.doc()) + "const " + part.name() + " = " + expr(part.value()) + "\n";
    }
    if (declaration instanceof Declaration.Network part) {
      return doc("", part.doc()) + "network " + part.name() + body(part.body());
    }
    if (declaration instanceof Declaration.Callable part) {
      String parameters = joined(part.parameters().stream().map(Printed::parameter).toList());
      return doc("", part.doc())
          + part.kind()
          + " "
          + part.name()
          + "("
          + parameters
          + ")"
          + body(part.body());
    }
    Declaration.Train part = (Declaration.Train) declaration;
    return doc("", part.doc())
        + part.clauses().stream()
            .map(clause -> "  " + clause(clause) + "\n")
            .collect(Collectors.joining("", "train " + part.network() + " {\n", "}\n"));
  }

  private static String parameter(Declaration.Parameter parameter) {
    return parameter.name()
        + parameter.type().map(type -> ": " + type(type)).orElse("")
        + parameter.standard().map(value -> " = " + expr(value)).orElse("");
  }

  private static String body(List<Statement> body) {
    return body.stream().map(Printed::statement).collect(Collectors.joining("", " {\n", "}\n"));
  }

  static String statement(Statement statement) {
    if (statement instanceof Statement.Input part) {
      return "  input " + part.name() + ": " + type(part.type()) + "\n";
    }
    if (statement instanceof Statement.Target part) {
      return "  target " + part.name() + ": " + type(part.type()) + "\n";
    }
    if (statement instanceof Statement.Equation part) {
      String output = part.output() ? "output " : "";
      return doc("  ", part.doc())
          + "  "
          + output
          + part.name()
          + " = "
          + expr(part.value())
          + answering(part.target())
          + "\n";
    }
    if (statement instanceof Statement.Output part) {
      return "  output "
          + joined(
              part.answers().stream().map(a -> expr(a.value()) + answering(a.target())).toList())
          + "\n";
    }
    if (statement instanceof Statement.Loss part) {
      return "  loss " + expr(part.value()) + "\n";
    }
    if (statement instanceof Statement.Param part) {
      return doc("  ", part.doc())
          + "  param "
          + joined(part.names())
          + ": "
          + type(part.shape())
          + init(part.init(), part.when());
    }
    if (statement instanceof Statement.State part) {
      return doc("  ", part.doc())
          + "  state "
          + joined(part.names())
          + part.shape().map(shape -> ": " + type(shape)).orElse("")
          + init(part.init(), part.when());
    }
    if (statement instanceof Statement.Require part) {
      String otherwise = expr(new Expr.Text(part.otherwise(), part.span()));
      return "  require " + expr(part.condition()) + " else " + otherwise + "\n";
    }
    if (statement instanceof Statement.Expect part) {
      return "  expect "
          + expr(part.value())
          + (part.within() ? " within " : " beyond ")
          + expr(part.from())
          + " .. "
          + expr(part.to())
          + " else "
          + expr(new Expr.Text(part.otherwise(), part.span()))
          + "\n";
    }
    return "  return " + expr(((Statement.Return) statement).value()) + "\n";
  }

  private static String answering(Optional<Ident> target) {
    return target.map(name -> " for " + name).orElse("");
  }

  private static String init(Optional<Expr> init, Optional<Expr> when) {
    return init.map(value -> " = " + expr(value)).orElse("")
        + when.map(value -> " when " + expr(value)).orElse("")
        + "\n";
  }

  /** Piece by piece, as its form says. */
  static String clause(Clause clause) {
    return clause.form().word() + elements(clause.form().elements(), clause);
  }

  private static String elements(List<ClauseForm.Element> elements, Clause clause) {
    StringBuilder text = new StringBuilder();
    for (ClauseForm.Element element : elements) {
      if (element instanceof ClauseForm.Word word) {
        text.append(" ").append(word.text());
      } else if (element instanceof Part<?> part) {
        text.append(" ").append(part(clause.get(part)));
      } else {
        List<ClauseForm.Element> maybe = ((ClauseForm.Maybe) element).elements();
        boolean written =
            maybe.stream().anyMatch(e -> e instanceof Part<?> p && clause.find(p).isPresent());
        text.append(written ? elements(maybe, clause) : "");
      }
    }
    return text.toString();
  }

  private static String part(Object value) {
    if (value instanceof Expr expr) {
      return expr(expr);
    }
    if (!(value instanceof List<?> list)) {
      return (String) value;
    }
    boolean bindings = list.stream().allMatch(Clause.Binding.class::isInstance);
    if (bindings) {
      return list.stream()
          .map(binding -> binding((Clause.Binding) binding))
          .collect(Collectors.joining("   ", "{ ", " }"));
    }
    boolean shares = list.stream().noneMatch(p -> p instanceof Ident || p instanceof Expr.Call);
    return list.stream()
        .map(piece -> piece instanceof Expr expr ? expr(expr) : piece.toString())
        .collect(Collectors.joining(shares ? " / " : ", "));
  }

  private static String binding(Clause.Binding binding) {
    return binding.name() + " = " + selection(binding.value());
  }

  private static String selection(Clause.Selection selection) {
    if (selection instanceof Clause.Selection.Columns columns) {
      return "columns "
          + exprs(columns.columns())
          + columns.end().map(end -> " .. " + expr(end)).orElse("")
          + columns.changes().stream()
              .map(change -> " " + change.operator().symbol() + " " + expr(change.number()))
              .collect(Collectors.joining());
    }
    if (selection instanceof Clause.Selection.Window window) {
      return "window " + expr(window.length()) + " step " + expr(window.step());
    }
    if (selection instanceof Clause.Selection.Shifted shifted) {
      return expr(shifted.of()) + " shifted " + expr(shifted.rows());
    }
    return expr(((Clause.Selection.Field) selection).value());
  }

  static String type(Type type) {
    if (type instanceof Type.Shape part) {
      return shape(part.axes());
    }
    if (type instanceof Type.Labels part) {
      String axes = part.axes().isEmpty() ? "" : shape(part.axes()) + " ";
      return axes + "class(" + expr(part.classes()) + ")";
    }
    return ((Type.Kind) type).name();
  }

  private static String shape(List<Type.Axis> axes) {
    List<String> lengths =
        axes.stream().map(axis -> axis.length().map(Printed::expr).orElse("*")).toList();
    return "[" + joined(lengths) + "]";
  }

  private static String symbol(Operator.At place) {
    return place.operator().symbol();
  }

  static String expr(Expr expr) {
    if (expr instanceof Expr.Num part) {
      return part.integer()
          ? String.valueOf((long) part.value())
          : String.valueOf(part.value()).replace("E", "e");
    }
    if (expr instanceof Expr.Bool part) {
      return String.valueOf(part.value());
    }
    if (expr instanceof Expr.Text part) {
      return quoted(part.value());
    }
    if (expr instanceof Expr.Name part) {
      return part.name();
    }
    if (expr instanceof Expr.Negate part) {
      return "(-" + expr(part.operand()) + ")";
    }
    if (expr instanceof Expr.Binary part) {
      return "("
          + expr(part.left())
          + " "
          + symbol(part.operator())
          + " "
          + expr(part.right())
          + ")";
    }
    if (expr instanceof Expr.Not part) {
      return "(not " + expr(part.operand()) + ")";
    }
    if (expr instanceof Expr.Junction part) {
      return "("
          + expr(part.left())
          + " "
          + symbol(part.operator())
          + " "
          + expr(part.right())
          + ")";
    }
    if (expr instanceof Expr.Chain part) {
      return "("
          + IntStream.range(0, part.operands().size())
              .mapToObj(
                  i ->
                      (i == 0 ? "" : " " + symbol(part.operators().get(i - 1)) + " ")
                          + expr(part.operands().get(i)))
              .collect(Collectors.joining())
          + ")";
    }
    if (expr instanceof Expr.Call part) {
      return call(part);
    }
    if (expr instanceof Expr.Each part) {
      return part.name()
          + " in "
          + expr(part.from())
          + part.to().map(to -> " .. " + expr(to)).orElse("");
    }
    if (expr instanceof Expr.Index part) {
      return expr(part.operand())
          + "["
          + joined(part.selectors().stream().map(Printed::selector).toList())
          + "]";
    }
    if (expr instanceof Expr.Member part) {
      return expr(part.operand()) + "." + part.name();
    }
    if (expr instanceof Expr.If part) {
      return "(if "
          + expr(part.condition())
          + " then "
          + expr(part.then())
          + " else "
          + expr(part.otherwise())
          + ")";
    }
    if (expr instanceof Expr.Prev part) {
      return "prev " + part.state();
    }
    return "[" + exprs(((Expr.Listing) expr).elements()) + "]";
  }

  private static String call(Expr.Call call) {
    List<String> arguments =
        call.arguments().stream()
            .map(
                argument ->
                    argument.name().map(name -> name + ": ").orElse("") + expr(argument.value()))
            .toList();
    if (!call.piped()) {
      return call.callee() + "(" + joined(arguments) + ")";
    }
    List<String> rest = arguments.subList(1, arguments.size());
    return "(" + arguments.get(0) + " |> " + call.callee() + "(" + joined(rest) + "))";
  }

  private static String selector(Expr.Selector selector) {
    if (selector instanceof Expr.Selector.At at) {
      return expr(at.position());
    }
    Expr.Selector.Range range = (Expr.Selector.Range) selector;
    return range.from().map(Printed::expr).orElse("")
        + ".."
        + range.to().map(Printed::expr).orElse("")
        + range.step().map(step -> " step " + expr(step)).orElse("");
  }

  private static String exprs(List<Expr> exprs) {
    return joined(exprs.stream().map(Printed::expr).toList());
  }

  private static String joined(List<?> parts) {
    return parts.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String doc(String indent, List<String> lines) {
    return lines.stream().map(line -> indent + "/// " + line + "\n").collect(Collectors.joining());
  }
}
