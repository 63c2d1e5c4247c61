package dev.peephole.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The clauses that training plans may have, by their words. */
public final class ClauseForms {
  /** For files that have no plans. */
  public static final ClauseForms NONE = new ClauseForms(List.of());

  private final Map<String, ClauseForm> forms = new LinkedHashMap<>();

  /** The forms in the order in which messages list them. */
  public ClauseForms(List<ClauseForm> forms) {
    for (ClauseForm form : forms) {
      if (this.forms.put(form.word(), form) != null) {
        throw new IllegalArgumentException("two clauses begin with " + form.word());
      }
    }
  }

  /** The clause that begins with a word. */
  Optional<ClauseForm> find(String word) {
    return Optional.ofNullable(forms.get(word));
  }

  /** Whether a clause begins with a word. */
  boolean begin(Token word) {
    return forms.containsKey(word.getText());
  }

  /** The words that clauses begin with. */
  List<String> words() {
    return new ArrayList<>(forms.keySet());
  }
}
