package dev.peephole.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a clause of training plans is written: its word, and what stands behind that.
 *
 * <pre>ClauseForm.of("window", "window 48 step 1 predict 1")
 *     .then(LENGTH).maybe("step", STEP).maybe("predict", ROWS)</pre>
 */
public final class ClauseForm {

  /** A piece of a clause. */
  sealed interface Element permits Word, Maybe, Part {}

  /** A word or symbol that stands there as it is. */
  record Word(String text) implements Element {}

  /** What may be left out; its first element, a word or braces, tells whether it is there. */
  record Maybe(List<Element> elements) implements Element {
    Maybe {
      elements = List.copyOf(elements);
    }
  }

  private final String word;
  private final List<String> examples;
  private final List<Element> elements;

  private ClauseForm(String word, List<String> examples, List<Element> elements) {
    this.word = word;
    this.examples = List.copyOf(examples);
    this.elements = List.copyOf(elements);
  }

  /**
   * A clause that begins with {@code word}, as no other one does, and that ends there.
   *
   * @param examples how it may look, the most usual first; messages and the language's page show
   *     them
   */
  public static ClauseForm of(String word, String... examples) {
    return new ClauseForm(word, List.of(examples), List.of());
  }

  /**
   * The same with more behind it.
   *
   * @param pieces words and symbols as texts, and {@link Part}s
   */
  public ClauseForm then(Object... pieces) {
    return with(elements(pieces));
  }

  /** The same with more that may be left out, which begins with a word or a brace. */
  public ClauseForm maybe(Object... pieces) {
    return with(List.of(new Maybe(elements(pieces))));
  }

  private ClauseForm with(List<Element> more) {
    return new ClauseForm(word, examples, Stream.concat(elements.stream(), more.stream()).toList());
  }

  private static List<Element> elements(Object... pieces) {
    List<Element> made = new ArrayList<>();
    for (Object piece : pieces) {
      made.add(piece instanceof Part<?> part ? part : new Word((String) piece));
    }
    return made;
  }

  /** What it begins with. */
  public String word() {
    return word;
  }

  /** How it may look, the most usual first. */
  public List<String> examples() {
    return examples;
  }

  List<Element> elements() {
    return elements;
  }
}
