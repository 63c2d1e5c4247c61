package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.grammar.NnBaseVisitor;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;

/** Turns the parse tree of a file into records, without the parts that are wrong. */
final class ParseTreeToAst {
  private final Tokens tokens;
  private final SyntaxErrors errors;
  private final ExpressionsToAst expressions;
  private final ClauseReader clauses;

  ParseTreeToAst(
      Tokens tokens, SyntaxErrors errors, ExpressionsToAst expressions, ClauseReader clauses) {
    this.tokens = tokens;
    this.errors = errors;
    this.expressions = expressions;
    this.clauses = clauses;
  }

  List<Declaration> declarations(NnParser.FileContext file) {
    Declarations visitor = new Declarations();
    return file.declaration().stream()
        .filter(ParseTreeToAst::understood)
        .flatMap(declaration -> Stream.ofNullable(declaration.getChild(0).accept(visitor)))
        .toList();
  }

  /** Whether the rules went through this part of the file without an error. */
  static boolean understood(ParserRuleContext part) {
    return part.exception == null && part.getChildCount() > 0;
  }

  private List<Clause> clauses(NnParser.PlanContext plan) {
    return plan.clause().stream()
        .filter(ParseTreeToAst::understood)
        .flatMap(line -> clauses.read(line).stream())
        .toList();
  }

  private List<String> doc(ParserRuleContext part) {
    return tokens.docBefore(part.getStart());
  }

  private Span span(ParserRuleContext part) {
    return expressions.span(part);
  }

  private Ident ident(NnParser.NameContext name) {
    return expressions.ident(name);
  }

  private Optional<Expr> value(NnParser.ExpressionContext value) {
    return Optional.ofNullable(value).map(expressions::expression);
  }

  private final class Declarations extends NnBaseVisitor<Declaration> {
    @Override
    public Declaration visitImportDeclaration(NnParser.ImportDeclarationContext part) {
      Expr.Text path = expressions.text(part.TEXT());
      return new Declaration.Import(path.value(), path.span(), span(part));
    }

    @Override
    public Declaration visitConstDeclaration(NnParser.ConstDeclarationContext part) {
      return new Declaration.Const(
          ident(part.name()), expressions.expression(part.expression()), doc(part), span(part));
    }

    @Override
    public Declaration visitNetworkDeclaration(NnParser.NetworkDeclarationContext part) {
      return new Declaration.Network(
          ident(part.name()), statements("network", part.body()), doc(part), span(part));
    }

    /** Null if a parameter is wrong: without it the rest would make no sense. */
    @Override
    public Declaration visitCallableDeclaration(NnParser.CallableDeclarationContext part) {
      if (!part.parameter().stream().allMatch(ParseTreeToAst::understood)) {
        return null;
      }
      String keyword = part.getStart().getText();
      return new Declaration.Callable(
          Declaration.Kind.valueOf(keyword.toUpperCase(Locale.ROOT)),
          ident(part.name()),
          part.parameter().stream().map(ParseTreeToAst.this::parameter).toList(),
          part.body() == null ? shortForm(part) : statements(keyword, part.body()),
          doc(part),
          span(part));
    }

    @Override
    public Declaration visitTrainDeclaration(NnParser.TrainDeclarationContext part) {
      return new Declaration.Train(ident(part.name()), clauses(part.plan()), doc(part), span(part));
    }
  }

  private Declaration.Parameter parameter(NnParser.ParameterContext part) {
    return new Declaration.Parameter(
        ident(part.name()),
        Optional.ofNullable(part.type()).map(this::type),
        value(part.expression()));
  }

  private List<Statement> shortForm(NnParser.CallableDeclarationContext part) {
    Expr value = expressions.expression(part.expression());
    return List.of(new Statement.Return(value, value.span()));
  }

  /** The statements of a body; those that do not belong in one of its kind are errors. */
  private List<Statement> statements(String owner, NnParser.BodyContext body) {
    Statements visitor = new Statements();
    List<Statement> statements = new ArrayList<>();
    for (NnParser.StatementContext part : body.statement()) {
      if (!understood(part)) {
        continue;
      }
      Optional<Diagnostic> misplaced = Placement.error(part.getStart(), owner, errors);
      misplaced.ifPresentOrElse(
          errors::report, () -> statements.add(part.getChild(0).accept(visitor)));
    }
    return statements;
  }

  private final class Statements extends NnBaseVisitor<Statement> {
    @Override
    public Statement visitInputStatement(NnParser.InputStatementContext part) {
      return new Statement.Input(ident(part.name()), type(part.type()), span(part));
    }

    @Override
    public Statement visitTargetStatement(NnParser.TargetStatementContext part) {
      return new Statement.Target(ident(part.name()), type(part.type()), span(part));
    }

    @Override
    public Statement visitOutputStatement(NnParser.OutputStatementContext part) {
      if (part.equation() != null) {
        return equation(part.equation(), true, target(part.answering()), doc(part), span(part));
      }
      return new Statement.Output(
          part.answer().stream()
              .map(
                  answer ->
                      new Statement.Answer(
                          expressions.expression(answer.expression()), target(answer.answering())))
              .toList(),
          span(part));
    }

    private Optional<Ident> target(NnParser.AnsweringContext part) {
      return Optional.ofNullable(part).map(answering -> ident(answering.name()));
    }

    @Override
    public Statement visitLossStatement(NnParser.LossStatementContext part) {
      return new Statement.Loss(expressions.expression(part.expression()), span(part));
    }

    @Override
    public Statement visitParamStatement(NnParser.ParamStatementContext part) {
      return new Statement.Param(
          expressions.names(part.names()),
          shape(part.shape()),
          value(part.init),
          value(part.condition),
          doc(part),
          span(part));
    }

    @Override
    public Statement visitStateStatement(NnParser.StateStatementContext part) {
      return new Statement.State(
          expressions.names(part.names()),
          Optional.ofNullable(part.shape()).map(ParseTreeToAst.this::shape),
          value(part.init),
          value(part.condition),
          doc(part),
          span(part));
    }

    @Override
    public Statement visitRequireStatement(NnParser.RequireStatementContext part) {
      return new Statement.Require(
          expressions.expression(part.condition),
          expressions.text(part.TEXT()).value(),
          span(part));
    }

    @Override
    public Statement visitExpectStatement(NnParser.ExpectStatementContext part) {
      return new Statement.Expect(
          expressions.expression(part.value),
          part.WITHIN() != null,
          expressions.expression(part.from),
          expressions.expression(part.to),
          expressions.text(part.TEXT()).value(),
          span(part));
    }

    @Override
    public Statement visitReturnStatement(NnParser.ReturnStatementContext part) {
      return new Statement.Return(expressions.expression(part.expression()), span(part));
    }

    @Override
    public Statement visitEquation(NnParser.EquationContext part) {
      return equation(part, false, Optional.empty(), doc(part), span(part));
    }
  }

  private Statement equation(
      NnParser.EquationContext part,
      boolean output,
      Optional<Ident> target,
      List<String> doc,
      Span span) {
    Expr value = expressions.expression(part.expression());
    return new Statement.Equation(ident(part.name()), value, output, target, doc, span);
  }

  private Type type(NnParser.TypeContext part) {
    if (part.labels() != null) {
      List<Type.Axis> axes = part.shape() == null ? List.of() : axes(part.shape());
      Expr classes = expressions.expression(part.labels().expression());
      return new Type.Labels(axes, classes, span(part));
    }
    return part.shape() != null
        ? shape(part.shape())
        : new Type.Kind(part.kind().getText(), span(part));
  }

  private Type.Shape shape(NnParser.ShapeContext part) {
    return new Type.Shape(axes(part), span(part));
  }

  private List<Type.Axis> axes(NnParser.ShapeContext part) {
    return part.axis().stream()
        .map(axis -> new Type.Axis(value(axis.expression()), span(axis)))
        .toList();
  }
}
