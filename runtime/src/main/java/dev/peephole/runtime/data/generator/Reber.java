package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings of the Reber grammar (Reber, 1967), embedded as in Hochreiter &amp; Schmidhuber (1997):
 * {@code B}, then {@code T} or {@code P}, then a string of the grammar itself, then the second
 * symbol again, then {@code E}. Wherever two symbols may come, each comes half of the time.
 *
 * <p>A string has a step for each symbol but the last, with the fields {@code symbol}, {@code
 * next}, the symbol that follows, and {@code possible}, a 1 for each symbol that may follow and 0
 * for the others: what a network must say to have predicted all that can be. Only a memory that
 * reaches over the whole inner string knows the last but one symbol.
 *
 * <p>A string of the grammar begins with {@code B}, ends with {@code E}, and takes one of two ways
 * at each node in between:
 *
 * <pre>
 * 1: T → 2 or P → 3     2: S → 2 or X → 4     3: T → 3 or V → 5
 * 4: X → 3 or S → end   5: P → 4 or V → end
 * </pre>
 *
 * @param examples how many strings
 * @param embedded whether they are embedded; if not, they are those of the grammar itself
 */
public record Reber(int examples, boolean embedded) implements SequenceGenerator {
  private static final Alphabet ALPHABET = new Alphabet("BTPSXVE");

  /** The two symbols that leave each node, and the nodes that they lead to. */
  private static final String[] LEAVING = {"", "TP", "SX", "TV", "XS", "PV"};

  private static final int END = 6;
  private static final int[][] LEADING = {{}, {2, 3}, {2, 4}, {3, 5}, {3, END}, {4, END}};

  public Reber {
    if (examples < 1) {
      throw new IllegalArgumentException("there is at least one string");
    }
  }

  @Override
  public String name() {
    return "reber";
  }

  @Override
  public List<Labelled> step() {
    return ALPHABET.fields();
  }

  @Override
  public void addTo(GeneratedSequences strings, Philox random) {
    for (int i = 0; i < examples; i++) {
      add(embedded ? embedded(random) : string(random), strings);
    }
  }

  /**
   * A symbol of a string.
   *
   * @param symbol what it is
   * @param possible what it might have been
   */
  private record Symbol(char symbol, String possible) {
    static Symbol certain(char symbol) {
      return new Symbol(symbol, "" + symbol);
    }
  }

  private static List<Symbol> embedded(Philox random) {
    char second = "TP".charAt(random.nextInt(2));
    List<Symbol> string = new ArrayList<>();
    string.add(Symbol.certain('B'));
    string.add(new Symbol(second, "TP"));
    string.addAll(string(random));
    string.add(Symbol.certain(second));
    string.add(Symbol.certain('E'));
    return string;
  }

  private static List<Symbol> string(Philox random) {
    List<Symbol> string = new ArrayList<>();
    string.add(Symbol.certain('B'));
    int node = 1;
    while (node != END) {
      int way = random.nextInt(2);
      string.add(new Symbol(LEAVING[node].charAt(way), LEAVING[node]));
      node = LEADING[node][way];
    }
    string.add(Symbol.certain('E'));
    return string;
  }

  private static void add(List<Symbol> string, GeneratedSequences strings) {
    for (int t = 0; t + 1 < string.size(); t++) {
      Symbol next = string.get(t + 1);
      char symbol = string.get(t).symbol();
      strings.step(ALPHABET.step(symbol, next.symbol(), next.possible()));
    }
    strings.end();
  }
}
