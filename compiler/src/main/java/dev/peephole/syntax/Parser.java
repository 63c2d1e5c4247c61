package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.SourceFile;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * From the text of a model file to its syntax tree.
 *
 * <p>Three steps: {@link Tokens} reads words and symbols, {@link Layout} decides where statements
 * end and pairs the brackets, and the rules of {@code Nn.g4} find the structure, which {@link
 * ParseTreeToAst} turns into records.
 */
public final class Parser {
  private Parser() {}

  /**
   * Parses a file, whatever it holds. Training plans have the clauses of {@code forms}. What is
   * wrong goes to {@code errors}, at most one error a statement; the tree then holds the
   * declarations and statements that could be understood.
   */
  public static SyntaxTree parse(SourceFile file, ClauseForms forms, Diagnostics errors) {
    SyntaxErrors found = new SyntaxErrors(file);
    Tokens words = Tokens.of(file, found);
    Optional<List<Token>> tokens = new Layout(words.list(), forms, found).tokens();
    List<Declaration> declarations =
        tokens.map(list -> declarations(list, words, forms, found)).orElse(List.of());
    found.firstOfEachStatement().forEach(errors::report);
    return new SyntaxTree(file, declarations);
  }

  private static List<Declaration> declarations(
      List<Token> tokens, Tokens words, ClauseForms forms, SyntaxErrors errors) {
    StatementRecovery recovery = new StatementRecovery(errors);
    ExpressionsToAst expressions = new ExpressionsToAst(errors);
    NnParser clauses = parser(tokens, recovery);
    ClauseReader reader = new ClauseReader(forms, clauses, recovery, expressions);
    NnParser.FileContext file = parser(tokens, new StatementRecovery(errors)).file();
    return new ParseTreeToAst(words, errors, expressions, reader).declarations(file);
  }

  private static NnParser parser(List<Token> tokens, StatementRecovery recovery) {
    CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
    stream.fill();
    NnParser parser = new NnParser(stream);
    // Two tokens decide everything in this grammar, so that the full context is never needed.
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.removeErrorListeners();
    parser.setErrorHandler(recovery);
    return parser;
  }
}
