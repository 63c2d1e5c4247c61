package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/**
 * The language aⁿbⁿcⁿ (Gers &amp; Schmidhuber, 2001): strings {@code T a … a b … b c … c T} with as
 * many of each letter, where T stands for the start and for the end. Who does not count cannot tell
 * when the letters change.
 *
 * <p>A string has a step for each symbol but the last, with the fields {@code symbol}, {@code
 * next}, the symbol that follows, and {@code possible}, a 1 for each symbol that may follow and 0
 * for the others: after an {@code a} these are {@code a} and {@code b}, everywhere else it is one.
 *
 * @param from the least n
 * @param to the greatest n; the strings of all from the least on follow each other
 * @param each how many strings there are of each n
 */
public record Anbncn(int from, int to, int each) implements SequenceGenerator {
  private static final Alphabet ALPHABET = new Alphabet("Tabc");

  public Anbncn {
    if (from < 1 || to < from || each < 1 || 3L * to * (to - from + 1) * each > 1L << 28) {
      throw new IllegalArgumentException(
          "strings of aⁿbⁿcⁿ have n from 1 up, the first number not above the second, and are not"
              + " hundreds of millions of symbols");
    }
  }

  @Override
  public String name() {
    return "anbncn";
  }

  @Override
  public List<Labelled> step() {
    return ALPHABET.fields();
  }

  @Override
  public void addTo(GeneratedSequences strings, Philox random) {
    for (int n = from; n <= to; n++) {
      for (int i = 0; i < each; i++) {
        add("T" + "a".repeat(n) + "b".repeat(n) + "c".repeat(n) + "T", strings);
      }
    }
  }

  private static void add(String string, GeneratedSequences strings) {
    for (int t = 0; t + 1 < string.length(); t++) {
      char symbol = string.charAt(t);
      char next = string.charAt(t + 1);
      strings.step(ALPHABET.step(symbol, next, symbol == 'a' ? "ab" : String.valueOf(next)));
    }
    strings.end();
  }
}
