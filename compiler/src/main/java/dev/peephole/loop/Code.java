package dev.peephole.loop;

import java.util.List;

/**
 * An expression as text.
 *
 * @param binding how tightly its outermost symbol binds; brackets go around looser ones
 * @param breaks where it may go on in the next line, in order
 */
public record Code(String text, int binding, List<Break> breaks) {
  public Code {
    breaks = List.copyOf(breaks);
  }

  /**
   * A place where a line may end.
   *
   * @param at how many letters are before it
   * @param depth how many expressions it is inside: breaks of outer ones come first
   * @param blank whether a blank stands there if the line goes on
   */
  public record Break(int at, int depth, boolean blank) {

    /** Where the next line begins. */
    public int next() {
      return at + (blank ? 1 : 0);
    }

    Break moved(int by, int deeper) {
      return new Break(at + by, depth + deeper, blank);
    }
  }
}
