package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import java.util.List;
import java.util.stream.IntStream;

/** The words of the grammar, for editors. */
public final class Vocabulary {
  private Vocabulary() {}

  /** Those that are never names, and those that mean something in one place only. */
  public static List<String> words() {
    return IntStream.rangeClosed(1, NnLexer.VOCABULARY.getMaxTokenType())
        .filter(type -> Words.isReserved(type) || Words.isName(type) && type != NnLexer.NAME)
        .mapToObj(Words::literal)
        .toList();
  }
}
