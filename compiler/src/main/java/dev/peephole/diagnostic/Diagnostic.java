package dev.peephole.diagnostic;

import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One error or warning in a model file, as data; {@link Renderer} turns it into text.
 *
 * @param code its kind, and so its severity
 * @param message what is wrong, a clause without capital and full stop
 * @param span where, with what stands there ({@code label} may be empty)
 * @param label a word on the primary place
 * @param secondary other places that have a part in it
 * @param notes why it is wrong
 * @param hints what to do
 */
public record Diagnostic(
    Code code,
    String message,
    Span span,
    String label,
    List<Label> secondary,
    List<String> notes,
    List<String> hints) {

  /** A place and what to say about it. */
  public record Label(Span span, String text) {}

  public Diagnostic {
    secondary = List.copyOf(secondary);
    notes = List.copyOf(notes);
    hints = List.copyOf(hints);
  }

  /** An error that points at one place; the methods below add to it. */
  public static Diagnostic error(Code code, Span span, String message) {
    return of(Severity.ERROR, code, span, message);
  }

  /** The same for a warning. */
  public static Diagnostic warning(Code code, Span span, String message) {
    return of(Severity.WARNING, code, span, message);
  }

  private static Diagnostic of(Severity severity, Code code, Span span, String message) {
    if (code.severity() != severity) {
      throw new IllegalArgumentException(code + " is not of the severity " + severity);
    }
    return new Diagnostic(code, message, span, "", List.of(), List.of(), List.of());
  }

  public Severity severity() {
    return code.severity();
  }

  /** The same with a word on the primary place. */
  public Diagnostic labelled(String text) {
    return new Diagnostic(code, message, span, text, secondary, notes, hints);
  }

  /** The same with one more place. */
  public Diagnostic and(Span other, String text) {
    return new Diagnostic(
        code, message, span, label, with(secondary, new Label(other, text)), notes, hints);
  }

  /** The same with one more reason. */
  public Diagnostic note(String text) {
    return new Diagnostic(code, message, span, label, secondary, with(notes, text), hints);
  }

  /** The same with one more thing to do. */
  public Diagnostic hint(String text) {
    return new Diagnostic(code, message, span, label, secondary, notes, with(hints, text));
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
