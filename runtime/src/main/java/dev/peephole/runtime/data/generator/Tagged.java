package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up sentences with a part of speech for each word and a kind for each sentence: the fields
 * {@code word}, {@code tag}, one of those of Universal Dependencies (Nivre et al., 2016), and
 * {@code kind}, the same at all words: a statement, a question or an order.
 *
 * <p>Six of the words have several tags, and which it is depends on what stands before and behind,
 * sometimes far behind: {@code in the light plant the dog near the river} is an order to plant, and
 * {@code in the light plant the dog can see the river} a statement about what happens in a plant
 * that is light. The kind depends on how a sentence begins. Every sentence has but one reading:
 *
 * <pre>
 * sentence  = [ADP object] (statement | question | order)
 * statement = subject AUX order | PRON order
 * question  = AUX subject order
 * order     = VERB object {ADP object} | know SCONJ statement
 * subject   = PRON | object
 * object    = DET {ADJ} NOUN
 * </pre>
 *
 * @param examples how many sentences
 */
public record Tagged(int examples) implements SequenceGenerator {
  private static final List<String> KINDS = List.of("statement", "question", "order");
  private static final List<String> TAGS =
      List.of("ADJ", "ADP", "AUX", "DET", "NOUN", "PRON", "SCONJ", "VERB");

  private static final List<String> ADJECTIVES = words("old small light");
  private static final List<String> ADPOSITIONS = words("in near by");
  private static final List<String> AUXILIARIES = words("can will");
  private static final List<String> DETERMINERS = words("the every that");
  private static final List<String> NOUNS = words("dog garden river light plant watch walk can");
  private static final List<String> PRONOUNS = words("they we");
  private static final List<String> VERBS = words("see find know light plant watch walk");

  /** The noun that no adjective stands before: {@code the light can} is always noun and verb. */
  private static final String BARE = "can";

  private static final List<String> WORDS =
      List.of(ADJECTIVES, ADPOSITIONS, AUXILIARIES, DETERMINERS, NOUNS, PRONOUNS, VERBS).stream()
          .flatMap(List::stream)
          .distinct()
          .sorted()
          .toList();

  private static final List<Labelled> FIELDS =
      List.of(
          Labelled.label("word", WORDS),
          Labelled.label("tag", TAGS),
          Labelled.label("kind", KINDS));

  public Tagged {
    if (examples < 1) {
      throw new IllegalArgumentException("there is at least one sentence");
    }
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  @Override
  public String name() {
    return "tagged";
  }

  @Override
  public List<Labelled> step() {
    return FIELDS;
  }

  @Override
  public void addTo(GeneratedSequences sentences, Philox random) {
    for (int i = 0; i < examples; i++) {
      int kind = random.nextInt(KINDS.size());
      for (Word word : new Sentence(random).of(KINDS.get(kind))) {
        sentences.step(WORDS.indexOf(word.word()), TAGS.indexOf(word.tag()), kind);
      }
      sentences.end();
    }
  }

  private record Word(String word, String tag) {}

  /** A sentence under way; each method is a rule of the grammar. */
  private static final class Sentence {
    private final Philox random;
    private final List<Word> words = new ArrayList<>();

    Sentence(Philox random) {
      this.random = random;
    }

    List<Word> of(String kind) {
      if (oneIn(2)) {
        add("ADP", ADPOSITIONS);
        object();
      }
      switch (kind) {
        case "statement" -> statement();
        case "question" -> question();
        default -> order();
      }
      return words;
    }

    private void statement() {
      if (oneIn(2)) {
        add("PRON", PRONOUNS);
      } else {
        subject();
        add("AUX", AUXILIARIES);
      }
      order();
    }

    private void question() {
      add("AUX", AUXILIARIES);
      subject();
      order();
    }

    private void order() {
      if (oneIn(4)) {
        words.add(new Word("know", "VERB"));
        words.add(new Word("that", "SCONJ"));
        statement();
      } else {
        add("VERB", VERBS);
        object();
        while (oneIn(3)) {
          add("ADP", ADPOSITIONS);
          object();
        }
      }
    }

    private void subject() {
      if (oneIn(3)) {
        add("PRON", PRONOUNS);
      } else {
        object();
      }
    }

    private void object() {
      add("DET", DETERMINERS);
      String noun = NOUNS.get(random.nextInt(NOUNS.size()));
      while (!noun.equals(BARE) && oneIn(3)) {
        add("ADJ", ADJECTIVES);
      }
      words.add(new Word(noun, "NOUN"));
    }

    private void add(String tag, List<String> of) {
      words.add(new Word(of.get(random.nextInt(of.size())), tag));
    }

    private boolean oneIn(int times) {
      return random.nextInt(times) == 0;
    }
  }
}
