package dev.peephole.pass.naming;

import java.util.Set;

/** A name that nothing else has. */
public final class FreeName {
  private FreeName() {}

  /** The name, or the first of name2, name3, … that is not taken; it is taken from then on. */
  public static String of(String name, Set<String> taken) {
    String candidate = name;
    for (int number = 2; !taken.add(candidate); number++) {
      candidate = name + number;
    }
    return candidate;
  }
}
