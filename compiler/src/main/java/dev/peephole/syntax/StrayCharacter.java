package dev.peephole.syntax;

import dev.peephole.diagnostic.Diagnostic;
import java.util.Locale;
import java.util.Map;

/** What to say about a character that belongs to no word or symbol of the language. */
final class StrayCharacter {
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry(".", "a number has digits on both sides of its point: `1.0`, `0.5`"),
          Map.entry(";", "a statement ends with its line"),
          Map.entry("#", "a comment begins with `//`"),
          Map.entry("'", "a text stands in double quotes: `\"a.csv\"`"),
          Map.entry("“", "a text stands in straight double quotes: `\"a.csv\"`"),
          Map.entry("”", "a text stands in straight double quotes: `\"a.csv\"`"),
          Map.entry("−", "for a minus write `-`"),
          Map.entry("–", "for a minus write `-`"),
          Map.entry("×", "for a product write `*`, for a matrix product `@`"),
          Map.entry("·", "for a product write `*`, for a matrix product `@`"),
          Map.entry("⊙", "for a product, element by element, write `*`"),
          Map.entry("÷", "for a quotient write `/`"),
          Map.entry("≤", "write `<=`"),
          Map.entry("≥", "write `>=`"),
          Map.entry("≠", "write `!=`"),
          Map.entry("²", "for a square write `^ 2`"),
          Map.entry("³", "for a cube write `^ 3`"),
          Map.entry("…", "for a range write `..`"),
          Map.entry(
              "?",
              "number by number `where(c, a, b)` chooses, while compiling `if c then a else b`"),
          Map.entry("!", "for the opposite of a condition write `not`"),
          Map.entry("&", "for both of two conditions write `and`"),
          Map.entry("&&", "for both of two conditions write `and`"),
          Map.entry("||", "for one or both of two conditions write `or`"),
          Map.entry("¬", "write `not`"),
          Map.entry("∧", "write `and`"),
          Map.entry("∨", "write `or`"),
          Map.entry("|", "a pipeline is written `x |> f`"),
          Map.entry("µ", "this is the micro sign; the Greek letter is `μ` (U+03BC)"));

  private StrayCharacter() {}

  static Diagnostic at(int offset, String text, SyntaxErrors errors) {
    int character = text.codePointAt(offset);
    boolean twice = text.startsWith("&&", offset) || text.startsWith("||", offset);
    String shown = twice ? text.substring(offset, offset + 2) : Character.toString(character);
    Diagnostic error =
        errors.error(
            errors.span(offset, offset + shown.length()),
            (twice ? "`" + shown + "`" : named(character)) + " has no meaning here");
    if (HINTS.containsKey(shown)) {
      return error.hint(HINTS.get(shown));
    }
    return Character.isLetterOrDigit(character)
        ? error.hint("names are of Latin and Greek letters, digits and `_`")
        : error;
  }

  /** How Unicode writes a character's number. */
  static String code(int character) {
    return String.format(Locale.ROOT, "U+%04X", character);
  }

  private static String named(int character) {
    String code = code(character);
    if (character == '\uFFFD') {
      return "a character that could not be decoded (" + code + ")";
    }
    if (Character.isISOControl(character)
        || !Character.isDefined(character)
        || Character.getType(character) == Character.SURROGATE) {
      return "the character " + code;
    }
    String shown = "the character `" + Character.toString(character) + "`";
    return character < 128 ? shown : shown + " (" + code + " " + Character.getName(character) + ")";
  }
}
