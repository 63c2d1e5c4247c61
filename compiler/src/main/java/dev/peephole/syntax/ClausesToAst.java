package dev.peephole.syntax;

import dev.peephole.grammar.NnBaseVisitor;
import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;

/** Turns the clauses of a training plan into records: one method a clause. */
final class ClausesToAst extends NnBaseVisitor<Clause> {
  private final ExpressionsToAst expressions;

  ClausesToAst(ExpressionsToAst expressions) {
    this.expressions = expressions;
  }

  List<Clause> clauses(NnParser.PlanContext plan) {
    return plan.clause().stream()
        .filter(ParseTreeToAst::understood)
        .map(clause -> clause.getChild(0).accept(this))
        .toList();
  }

  @Override
  public Clause visitDataClause(NnParser.DataClauseContext part) {
    List<Clause.Binding> bindings =
        part.bindings() == null
            ? List.of()
            : part.bindings().binding().stream()
                .filter(ParseTreeToAst::understood)
                .map(this::binding)
                .toList();
    return new Clause.Data(
        part.TEST() != null, expressions.applied(part.call()), bindings, span(part));
  }

  @Override
  public Clause visitWindowClause(NnParser.WindowClauseContext part) {
    List<Expr> sizes = part.expression().stream().map(expressions::expression).toList();
    return new Clause.Window(
        sizes.get(0),
        part.STEP() == null ? Optional.empty() : Optional.of(sizes.get(1)),
        part.PREDICT() == null ? Optional.empty() : Optional.of(sizes.get(sizes.size() - 1)),
        span(part));
  }

  @Override
  public Clause visitSplitClause(NnParser.SplitClauseContext part) {
    List<Expr> parts = part.negation().stream().map(expressions::negation).toList();
    return new Clause.Split(parts, part.ORDER() != null, span(part));
  }

  @Override
  public Clause visitStandardizeClause(NnParser.StandardizeClauseContext part) {
    return new Clause.Standardize(expressions.names(part.names()), span(part));
  }

  @Override
  public Clause visitRescaleClause(NnParser.RescaleClauseContext part) {
    return new Clause.Rescale(
        expressions.names(part.names()),
        expressions.expression(part.expression(0)),
        expressions.expression(part.expression(1)),
        span(part));
  }

  @Override
  public Clause visitSettingClause(NnParser.SettingClauseContext part) {
    Ident word = new Ident(part.getStart().getText(), expressions.span(part.getStart()));
    return new Clause.Setting(word, expressions.expression(part.expression()), span(part));
  }

  @Override
  public Clause visitShuffleClause(NnParser.ShuffleClauseContext part) {
    return new Clause.Shuffle(part.ON() != null, span(part));
  }

  @Override
  public Clause visitStatefulClause(NnParser.StatefulClauseContext part) {
    return new Clause.Stateful(span(part));
  }

  @Override
  public Clause visitOptimizerClause(NnParser.OptimizerClauseContext part) {
    return new Clause.Optimizer(expressions.expression(part.expression()), span(part));
  }

  @Override
  public Clause visitClipClause(NnParser.ClipClauseContext part) {
    return new Clause.Clip(
        part.NORM() != null, expressions.expression(part.expression()), span(part));
  }

  @Override
  public Clause visitStopClause(NnParser.StopClauseContext part) {
    return new Clause.Stop(expressions.expression(part.expression()), span(part));
  }

  @Override
  public Clause visitMetricsClause(NnParser.MetricsClauseContext part) {
    return new Clause.Metrics(expressions.names(part.names()), span(part));
  }

  @Override
  public Clause visitRegularizeClause(NnParser.RegularizeClauseContext part) {
    List<Ident> on =
        part.path().stream().map(path -> new Ident(path.getText(), span(path))).toList();
    return new Clause.Regularize(expressions.applied(part.call()), on, span(part));
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
    return new Clause.Selection.Change(part.getStart().getText(), number);
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
