package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;

/** Turns what stands in a clause into records: one method a rule. */
final class PartsToAst {
  private final ExpressionsToAst expressions;

  PartsToAst(ExpressionsToAst expressions) {
    this.expressions = expressions;
  }

  Expr expression(NnParser.ExpressionContext part) {
    return expressions.expression(part);
  }

  Expr.Call call(NnParser.CallContext part) {
    return expressions.applied(part);
  }

  List<Expr.Call> calls(NnParser.CallsContext part) {
    return part.call().stream().map(expressions::applied).toList();
  }

  List<Ident> names(NnParser.NamesContext part) {
    return expressions.names(part);
  }

  List<Expr> shares(NnParser.SharesContext part) {
    return part.negation().stream().map(expressions::negation).toList();
  }

  List<Ident> paths(NnParser.PathsContext part) {
    return part.path().stream().map(path -> new Ident(path.getText(), span(path))).toList();
  }

  List<Clause.Binding> bindings(NnParser.BindingsContext part) {
    return part.binding().stream().filter(ParseTreeToAst::understood).map(this::binding).toList();
  }

  private Clause.Binding binding(NnParser.BindingContext part) {
    return new Clause.Binding(expressions.ident(part.name()), selection(part), span(part));
  }

  private Clause.Selection selection(NnParser.BindingContext part) {
    if (part.columns() != null) {
      return columns(part.columns());
    }
    if (part.window() != null) {
      return window(part.window());
    }
    Expr first = expressions.expression(part.expression(0));
    return part.SHIFTED() == null
        ? new Clause.Selection.Field(first)
        : new Clause.Selection.Shifted(
            first, expressions.expression(part.expression(1)), span(part));
  }

  private Clause.Selection window(NnParser.WindowContext part) {
    return new Clause.Selection.Window(
        expressions.expression(part.expression(0)),
        expressions.expression(part.expression(1)),
        span(part));
  }

  private Clause.Selection columns(NnParser.ColumnsContext part) {
    List<Expr> columns = part.column().stream().map(this::column).toList();
    boolean range = part.RANGE() != null;
    return new Clause.Selection.Columns(
        range ? columns.subList(0, 1) : columns,
        range ? Optional.of(columns.get(1)) : Optional.empty(),
        Stream.concat(
                part.factor().stream().map(f -> change(f, expressions.negation(f.negation()))),
                part.term().stream().map(t -> change(t, expressions.product(t.product()))))
            .toList(),
        span(part));
  }

  private static Clause.Selection.Change change(ParserRuleContext part, Expr number) {
    return new Clause.Selection.Change(Operator.of(part.getStart().getText()), number);
  }

  private Expr column(NnParser.ColumnContext part) {
    return switch (part.getStart().getType()) {
      case NnLexer.NUMBER -> expressions.number(part.NUMBER());
      case NnLexer.TEXT -> expressions.text(part.TEXT());
      default -> expressions.name(part.name());
    };
  }

  private Span span(ParserRuleContext part) {
    return expressions.span(part);
  }
}
