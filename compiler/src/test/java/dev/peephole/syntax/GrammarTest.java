package dev.peephole.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.check.plan.Clauses;
import dev.peephole.grammar.NnLexer;
import dev.peephole.grammar.NnParser;
import dev.peephole.source.SourceFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.xpath.XPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the grammar that the parser relies on. */
class GrammarTest {

  private static Set<Integer> firstOf(int rule) {
    return new TreeSet<>(NnParser._ATN.nextTokens(NnParser._ATN.ruleToStartState[rule]).toSet());
  }

  private static Set<Integer> tokens(java.util.function.IntPredicate wanted) {
    return IntStream.rangeClosed(1, NnParser.VOCABULARY.getMaxTokenType())
        .filter(wanted)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void wordsAgreesWithTheRules() {
    assertThat(tokens(Words::isName)).isEqualTo(firstOf(NnParser.RULE_name));
    assertThat(tokens(Words::beginsDeclaration)).isEqualTo(firstOf(NnParser.RULE_declaration));
    assertThat(tokens(Words::beginsExpression)).isEqualTo(firstOf(NnParser.RULE_expression));
    assertThat(tokens(Words::beginsType)).isEqualTo(firstOf(NnParser.RULE_type));
    assertThat(tokens(type -> Words.beginsStatement(type) || Words.isName(type)))
        .isEqualTo(firstOf(NnParser.RULE_statement));
  }

  @Test
  void everyWordIsEitherReservedOrAName() {
    Set<Integer> words =
        tokens(
            type -> {
              String literal = NnLexer.VOCABULARY.getLiteralName(type);
              return type == NnLexer.NAME
                  || literal != null && Character.isLetter(literal.charAt(1));
            });
    assertThat(tokens(type -> Words.isReserved(type) || Words.isName(type))).isEqualTo(words);
    assertThat(tokens(type -> Words.isReserved(type) && Words.isName(type))).isEmpty();
  }

  static List<String> programs() {
    return Programs.texts();
  }

  /** The parser decides without the full context (SLL), which is only right if none needs it. */
  @ParameterizedTest(name = "{index}")
  @MethodSource("programs")
  void noDecisionNeedsTheFullContext(String text) {
    SyntaxErrors errors = new SyntaxErrors(new SourceFile("test.nn", text));
    Tokens words = Tokens.of(new SourceFile("test.nn", text), errors);
    NnParser parser =
        new NnParser(
            new CommonTokenStream(
                new ListTokenSource(
                    new Layout(words.list(), Clauses.forms(), errors).tokens().orElseThrow())));
    List<String> doubts = new ArrayList<>();
    parser.removeErrorListeners();
    parser.addErrorListener(
        new BaseErrorListener() {
          @Override
          public void reportAmbiguity(
              org.antlr.v4.runtime.Parser recognizer,
              DFA dfa,
              int start,
              int stop,
              boolean exact,
              BitSet alternatives,
              ATNConfigSet configs) {
            doubts.add("ambiguous: " + recognizer.getTokenStream().get(start));
          }

          @Override
          public void reportContextSensitivity(
              org.antlr.v4.runtime.Parser recognizer,
              DFA dfa,
              int start,
              int stop,
              int prediction,
              ATNConfigSet configs) {
            doubts.add("context: " + recognizer.getTokenStream().get(start));
          }
        });
    parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
    NnParser.FileContext file = parser.file();
    assertThat(parser.getNumberOfSyntaxErrors()).isZero();
    ClauseReader clauses =
        new ClauseReader(
            Clauses.forms(), parser, new StatementRecovery(errors), new ExpressionsToAst(errors));
    for (ParseTree line : XPath.findAll(file, "//clause", parser)) {
      assertThat(clauses.read((NnParser.ClauseContext) line)).isPresent();
    }
    assertThat(doubts).isEmpty();
  }
}
