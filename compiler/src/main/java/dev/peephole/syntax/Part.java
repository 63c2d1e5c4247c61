package dev.peephole.syntax;

import dev.peephole.grammar.NnParser;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * A part of a clause that can be one thing or another. The clause's declaration holds on to it, and
 * asks for what was written there by it: {@code clause.get(LIMIT)}.
 *
 * @param <T> what is written there
 */
public final class Part<T> implements ClauseForm.Element {
  private final IntervalSet types;
  private final Set<String> words;
  private final BiFunction<NnParser, PartsToAst, T> reader;
  private final Function<T, List<Expr>> expressions;

  private Part(
      IntervalSet types,
      Set<String> words,
      BiFunction<NnParser, PartsToAst, T> reader,
      Function<T, List<Expr>> expressions) {
    this.types = types;
    this.words = words;
    this.reader = reader;
    this.expressions = expressions;
  }

  private static <T> Part<T> rule(
      int rule, BiFunction<NnParser, PartsToAst, T> reader, Function<T, List<Expr>> expressions) {
    IntervalSet types = NnParser._ATN.nextTokens(NnParser._ATN.ruleToStartState[rule]);
    return new Part<>(types, Set.of(), reader, expressions);
  }

  /** An expression: {@code 2 * width}. */
  public static Part<Expr> expression() {
    return rule(
        NnParser.RULE_expression, (parser, ast) -> ast.expression(parser.expression()), List::of);
  }

  /** Names, separated by commas: {@code x, y}. */
  public static Part<List<Ident>> names() {
    return rule(
        NnParser.RULE_names, (parser, ast) -> ast.names(parser.names()), names -> List.of());
  }

  /** Names of parameters, or parts of them: {@code W_f, dense1.W}. */
  public static Part<List<Ident>> paths() {
    return rule(
        NnParser.RULE_paths, (parser, ast) -> ast.paths(parser.paths()), paths -> List.of());
  }

  /** Parts of a whole: {@code 70 / 15 / 15}. */
  public static Part<List<Expr>> shares() {
    return rule(
        NnParser.RULE_shares, (parser, ast) -> ast.shares(parser.shares()), shares -> shares);
  }

  /** A function of the program and what else it is called with: {@code l2(1e-4)}. */
  public static Part<Expr.Call> call() {
    return rule(NnParser.RULE_call, (parser, ast) -> ast.call(parser.call()), List::of);
  }

  /** Calls, separated by commas, of what is no name of the program: {@code accuracy, top(5)}. */
  public static Part<List<Expr.Call>> calls() {
    return rule(
        NnParser.RULE_calls, (parser, ast) -> ast.calls(parser.calls()), calls -> List.of());
  }

  /** A data source, which is no name of the program: {@code csv("a.csv")}. */
  public static Part<Expr.Call> source() {
    return rule(
        NnParser.RULE_call,
        (parser, ast) -> ast.call(parser.call()),
        call -> call.arguments().stream().map(Expr.Argument::value).toList());
  }

  /** What fills which input or target: <code>{ x = columns "a", "b" }</code>. */
  public static Part<List<Clause.Binding>> bindings() {
    return rule(
        NnParser.RULE_bindings,
        (parser, ast) -> ast.bindings(parser.bindings()),
        bindings -> bindings.stream().flatMap(b -> b.value().expressions().stream()).toList());
  }

  /** One of some words: {@code on} or {@code off}. */
  public static Part<String> word(String... choice) {
    return new Part<>(
        new IntervalSet(),
        new TreeSet<>(List.of(choice)),
        (parser, ast) -> {
          String word = parser.getCurrentToken().getText();
          parser.getInputStream().consume();
          return word;
        },
        word -> List.of());
  }

  T read(NnParser parser, PartsToAst ast) {
    return reader.apply(parser, ast);
  }

  @SuppressWarnings("unchecked") // what a clause holds for a part is what the part read
  List<Expr> expressions(Object value) {
    return expressions.apply((T) value);
  }

  /** The types of token that it may begin with, if it is what a rule of the grammar says. */
  IntervalSet types() {
    return types;
  }

  /** The words that it is one of; none if it is what a rule of the grammar says. */
  Set<String> words() {
    return words;
  }
}
