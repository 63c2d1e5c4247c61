package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns expressions into records: one method a rule, loosest first. */
final class ExpressionsToAst {
  private final SyntaxErrors errors;

  ExpressionsToAst(SyntaxErrors errors) {
    this.errors = errors;
  }

  /** {@code a |> f(b)} becomes {@code f(a, b)}. */
  Expr expression(NnParser.ExpressionContext part) {
    Expr value = conditional(part.conditional());
    for (NnParser.CallContext call : part.call()) {
      List<Expr.Argument> arguments = new ArrayList<>();
      arguments.add(new Expr.Argument(Optional.empty(), value));
      arguments.addAll(arguments(call));
      value = new Expr.Call(ident(call.name()), arguments, true, from(part, call));
    }
    return value;
  }

  private Expr conditional(NnParser.ConditionalContext part) {
    if (part.disjunction() != null) {
      return disjunction(part.disjunction());
    }
    return new Expr.If(
        expression(part.expression(0)),
        expression(part.expression(1)),
        conditional(part.conditional()),
        span(part));
  }

  private Expr disjunction(NnParser.DisjunctionContext part) {
    Expr value = conjunction(part.conjunction(0));
    for (int i = 1; i < part.conjunction().size(); i++) {
      NnParser.ConjunctionContext next = part.conjunction(i);
      value =
          new Expr.Junction(operator(part.OR(i - 1)), value, conjunction(next), from(part, next));
    }
    return value;
  }

  private Expr conjunction(NnParser.ConjunctionContext part) {
    Expr value = inversion(part.inversion(0));
    for (int i = 1; i < part.inversion().size(); i++) {
      NnParser.InversionContext next = part.inversion(i);
      value =
          new Expr.Junction(operator(part.AND(i - 1)), value, inversion(next), from(part, next));
    }
    return value;
  }

  private Expr inversion(NnParser.InversionContext part) {
    return part.inversion() != null
        ? new Expr.Not(inversion(part.inversion()), span(part))
        : comparison(part.comparison());
  }

  private Expr comparison(NnParser.ComparisonContext part) {
    List<Expr> operands = part.sum().stream().map(this::sum).toList();
    return switch (operands.size()) {
      case 1 -> operands.get(0);
      case 2 -> binary(part, 1, operands.get(0), operands.get(1));
      default ->
          new Expr.Chain(
              operands,
              part.children.stream()
                  .filter(TerminalNode.class::isInstance)
                  .map(symbol -> operator((TerminalNode) symbol))
                  .toList(),
              span(part));
    };
  }

  private Operator.At operator(TerminalNode symbol) {
    return new Operator.At(Operator.of(symbol.getText()), span(symbol.getSymbol()));
  }

  private Expr sum(NnParser.SumContext part) {
    Expr value = product(part.product(0));
    for (int i = 2; i < part.getChildCount(); i += 2) {
      value = binary(part, i - 1, value, product((NnParser.ProductContext) part.getChild(i)));
    }
    return value;
  }

  Expr product(NnParser.ProductContext part) {
    Expr value = negation(part.negation(0));
    for (int i = 2; i < part.getChildCount(); i += 2) {
      value = binary(part, i - 1, value, negation((NnParser.NegationContext) part.getChild(i)));
    }
    return value;
  }

  Expr negation(NnParser.NegationContext part) {
    return part.negation() != null
        ? new Expr.Negate(negation(part.negation()), span(part))
        : power(part.power());
  }

  private Expr power(NnParser.PowerContext part) {
    Expr base = item(part.item());
    return part.negation() == null ? base : binary(part, 1, base, negation(part.negation()));
  }

  /** The operator that is child {@code at} of {@code part}, between the operands beside it. */
  private Expr binary(ParserRuleContext part, int at, Expr left, Expr right) {
    Operator.At operator = operator((TerminalNode) part.getChild(at));
    ParserRuleContext last = (ParserRuleContext) part.getChild(at + 1);
    return new Expr.Binary(operator, left, right, from(part, last));
  }

  private Expr item(NnParser.ItemContext part) {
    Expr value = primary(part.primary());
    for (ParseTree child : part.children) {
      if (child instanceof NnParser.IndexContext index) {
        List<Expr.Selector> selectors = index.selector().stream().map(this::selector).toList();
        value = new Expr.Index(value, selectors, from(part, index));
      } else if (child instanceof NnParser.MemberContext member) {
        value = new Expr.Member(value, ident(member.name()), from(part, member));
      }
    }
    return value;
  }

  private Expr.Selector selector(NnParser.SelectorContext part) {
    if (part.RANGE() == null) {
      return new Expr.Selector.At(expression(part.from));
    }
    return new Expr.Selector.Range(
        Optional.ofNullable(part.from).map(this::expression),
        Optional.ofNullable(part.to).map(this::expression),
        Optional.ofNullable(part.stride()).map(this::stride),
        span(part));
  }

  private Expr stride(NnParser.StrideContext part) {
    return part.name() == null ? number(part.NUMBER()) : name(part.name());
  }

  private Expr primary(NnParser.PrimaryContext part) {
    return switch (part.getStart().getType()) {
      case NnLexer.NUMBER -> number(part.NUMBER());
      case NnLexer.TEXT -> text(part.TEXT());
      case NnLexer.TRUE -> new Expr.Bool(true, span(part));
      case NnLexer.FALSE -> new Expr.Bool(false, span(part));
      case NnLexer.PREV -> new Expr.Prev(ident(part.name()), span(part));
      case NnLexer.L_BRACKET -> listing(part.listing());
      case NnLexer.L_PAREN -> expression(part.expression());
      default -> part.call().arguments() == null ? name(part.call().name()) : applied(part.call());
    };
  }

  private Expr listing(NnParser.ListingContext part) {
    return new Expr.Listing(part.expression().stream().map(this::expression).toList(), span(part));
  }

  /** A call, also where the brackets are left out. */
  Expr.Call applied(NnParser.CallContext part) {
    return new Expr.Call(ident(part.name()), arguments(part), false, span(part));
  }

  private List<Expr.Argument> arguments(NnParser.CallContext part) {
    return part.arguments() == null
        ? List.of()
        : part.arguments().argument().stream().map(this::argument).toList();
  }

  private Expr.Argument argument(NnParser.ArgumentContext part) {
    if (part.each() != null) {
      return new Expr.Argument(Optional.empty(), each(part.each()));
    }
    Optional<Ident> name = Optional.ofNullable(part.name()).map(this::ident);
    return new Expr.Argument(name, expression(part.expression()));
  }

  private Expr.Each each(NnParser.EachContext part) {
    return new Expr.Each(
        ident(part.name()),
        expression(part.from),
        Optional.ofNullable(part.to).map(this::expression),
        span(part));
  }

  Expr.Name name(NnParser.NameContext part) {
    return new Expr.Name(part.getText(), span(part));
  }

  Expr.Num number(TerminalNode part) {
    String digits = part.getText();
    double value = Double.parseDouble(digits);
    if (value > Float.MAX_VALUE) {
      errors.report(
          errors
              .error(span(part.getSymbol()), "this number is too large")
              .note("the largest that single precision has is about 3.4e38"));
    }
    boolean integer = digits.chars().allMatch(Character::isDigit);
    return new Expr.Num(value, integer, span(part.getSymbol()));
  }

  Expr.Text text(TerminalNode part) {
    Span span = span(part.getSymbol());
    String quoted = part.getText();
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char character = quoted.charAt(i);
      if (character == '\\') {
        i++;
        character = quoted.charAt(i);
        if (character != '\\' && character != '"') {
          errors.report(
              errors
                  .error(
                      errors.span(span.start() + i - 1, span.start() + i + 1),
                      "a text knows no `\\" + character + "`")
                  .hint("a backslash is written `\\\\`; in paths `/` works everywhere"));
        }
      }
      value.append(character);
    }
    return new Expr.Text(value.toString(), span);
  }

  List<Ident> names(NnParser.NamesContext part) {
    return part.name().stream().map(this::ident).toList();
  }

  Ident ident(NnParser.NameContext part) {
    return new Ident(part.getText(), span(part));
  }

  Span span(ParserRuleContext part) {
    return from(part, part);
  }

  Span span(Token token) {
    return errors.span(token);
  }

  /** From the beginning of one part to the end of another. */
  private Span from(ParserRuleContext first, ParserRuleContext last) {
    return errors.span(first.getStart().getStartIndex(), last.getStop().getStopIndex() + 1);
  }
}
