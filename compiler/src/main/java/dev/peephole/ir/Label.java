package dev.peephole.ir;

import java.util.Objects;

/**
 * What a value is called: its name or, as long as it has none, a hint of what to call it should it
 * need a name.
 *
 * @param text empty if nobody says
 */
public record Label(String text, boolean isHint) {
  public static final Label NONE = new Label("", false);

  public Label {
    Objects.requireNonNull(text);
  }

  /** A name; none if it is empty. */
  public static Label name(String name) {
    return new Label(name, false);
  }

  public static Label hint(String hint) {
    return new Label(hint, true);
  }

  public boolean isName() {
    return !isHint && !text.isEmpty();
  }
}
