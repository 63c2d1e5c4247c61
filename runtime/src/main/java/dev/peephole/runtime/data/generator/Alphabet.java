package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import java.util.List;

/**
 * The symbols of strings that are predicted. A string has a step for each symbol but the last, with
 * the fields {@code symbol}, {@code next}, the symbol that follows, and {@code possible}, a 1 for
 * each symbol that may follow and 0 for the others.
 *
 * @param symbols a character each, in the order of their labels
 */
record Alphabet(String symbols) {

  /** What a step holds. */
  List<Labelled> fields() {
    List<String> names = List.of(symbols.split(""));
    return List.of(
        Labelled.label("symbol", names),
        Labelled.label("next", names),
        Labelled.numbers("possible", symbols.length()));
  }

  /** A step. */
  double[] step(char symbol, char next, String possible) {
    double[] step = new double[2 + symbols.length()];
    step[0] = symbols.indexOf(symbol);
    step[1] = symbols.indexOf(next);
    possible.chars().forEach(other -> step[2 + symbols.indexOf(other)] = 1);
    return step;
  }
}
