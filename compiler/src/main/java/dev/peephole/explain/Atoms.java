package dev.peephole.explain;

import dev.peephole.ir.Origin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What some code does of what the model says: the equations that it computes, or the shares of
 * their gradients. Two pieces of code that have one of these in common are counterparts.
 *
 * @param backward whether it is part of a gradient
 * @param own what it computes in the end
 * @param within what is written out in it
 */
record Atoms(boolean backward, Set<Atom> own, Set<Atom> within) {

  /**
   * An equation that is computed, or a share of a gradient that it hands on.
   *
   * @param number which of the network's equations
   * @param input which input the share goes to; {@link #FORWARD} if the equation itself is meant
   */
  record Atom(int number, int input) {
    /** The equation that it is a share of. */
    Atom whole() {
      return new Atom(number, FORWARD);
    }
  }

  /** In place of an input, where an equation itself is computed. */
  static final int FORWARD = -2;

  static Atoms of(Origin origin) {
    Set<Atom> own = new LinkedHashSet<>();
    Set<Atom> within = new LinkedHashSet<>();
    collect(origin, own, within);
    if (own.stream().anyMatch(atom -> atom.input != Origin.ALL)) {
      own.removeIf(atom -> atom.input == Origin.ALL); // the step says more than its recurrence
      within.removeIf(atom -> atom.input == Origin.ALL);
    }
    boolean backward = own.stream().noneMatch(atom -> atom.input == FORWARD);
    own.removeIf(atom -> (atom.input == FORWARD) == backward);
    within.removeIf(atom -> (atom.input == FORWARD) == backward || own.contains(atom));
    return new Atoms(backward, own, within);
  }

  private static void collect(Origin origin, Set<Atom> own, Set<Atom> within) {
    if (origin instanceof Origin.Written written) {
      own.add(new Atom(written.number(), FORWARD));
    } else if (origin instanceof Origin.Share share) {
      Atoms forward = of(share.forward());
      forward.own.forEach(atom -> own.add(new Atom(atom.number, share.input())));
      forward.within.forEach(atom -> within.add(new Atom(atom.number, share.input())));
    } else if (origin instanceof Origin.Made made && !made.equal().isEmpty()) {
      made.equal().forEach(each -> collect(each, own, within));
      made.parts().forEach(each -> collect(each, within, within));
    } else {
      origin.sources().forEach(each -> collect(each, own, within));
    }
  }

  /** The same where what is written out in it is nobody else's own. */
  Atoms without(List<Atoms> others) {
    Set<Atom> rest =
        within.stream()
            .filter(atom -> others.stream().noneMatch(o -> o != this && o.own.contains(atom)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new Atoms(backward, own, rest);
  }

  boolean contains(Atom atom) {
    return own.contains(atom) || within.contains(atom);
  }

  boolean meets(Atoms other) {
    return backward == other.backward
        && (own.stream().anyMatch(other::contains) || within.stream().anyMatch(other::contains));
  }

  /**
   * Whether these are shares of what the others compute; what is written out on both sides may be
   * so in many places.
   */
  boolean areSharesOf(Atoms forward) {
    return backward
        && !forward.backward
        && (own.stream().anyMatch(a -> forward.contains(a.whole()))
            || within.stream().anyMatch(a -> forward.own.contains(a.whole())));
  }

  /** The numbers of the equations. */
  Set<Integer> numbers() {
    Set<Integer> numbers = new LinkedHashSet<>();
    own.forEach(atom -> numbers.add(atom.number));
    within.forEach(atom -> numbers.add(atom.number));
    return numbers;
  }
}
