package dev.peephole.ir;

import dev.peephole.source.SourceFile;
import dev.peephole.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where an equation comes from: the place in the model, the forward equation and the rule if it is
 * part of a gradient, the pass and what it replaced if a pass made it. Passes hand origins on, so
 * that what is printed at the end still says all of it.
 */
public sealed interface Origin {

  /** For a share of all inputs. */
  int ALL = -1;

  /** Of what no model says. */
  Origin NOWHERE = new Made("", List.of(), List.of());

  /** The rule of an equation that adds up what comes to a value along several ways. */
  String SUM_OF_SHARES = "sum of shares";

  /**
   * An equation that the model says, or the library where the model applies it.
   *
   * @param number which of the network's equations, counted from 1 in the order of the check
   * @param model the place in the user's files
   * @param library the place in the library that says it, if one does
   * @param beside the place that stands beside it in generated code
   * @param within what is applied in whose body it stands; empty in the network's own
   */
  record Written(
      int number, Span model, Optional<Span> library, Span beside, Optional<Application> within)
      implements Origin {
    /** The same equation with its number. */
    public Written numbered(int which) {
      return new Written(which, model, library, beside, within);
    }

    /** What says it, in the library or in the user's files. */
    public Span expression() {
      return library.orElse(model);
    }
  }

  /**
   * What one equation hands on to the gradient of one of its inputs, by the rule of its op.
   *
   * @param forward the equation whose derivative it is
   * @param rule the name of its op
   * @param input which of its inputs; {@link #ALL} for a recurrence, whose step has its own shares
   */
  record Share(Origin forward, String rule, int input) implements Origin {
    /** What an equation hands on to one of its inputs. */
    public static Share of(Equation equation, int input) {
      return new Share(equation.origin(), equation.op().name(), input);
    }
  }

  /** A sum of shares: y = f(x) and z = g(x) give dx = f′(x)·dy + g′(x)·dz. */
  record Sum(List<Origin> terms) implements Origin {
    public Sum {
      terms = List.copyOf(terms);
    }
  }

  /**
   * The whole gradient of some values.
   *
   * @param of those that it is the gradient of; more than one if the others pass it on as it is
   * @param how the shares that it is made of
   */
  record Gradient(List<Of> of, Origin how) implements Origin {
    public Gradient {
      of = List.copyOf(of);
    }
  }

  /**
   * That a result is the gradient of a value.
   *
   * @param gradient the result
   * @param value the value of the forward pass
   * @param source whether the value named before it is computed from this one alone and hands its
   *     gradient on as it is: the same value under another name, so to speak
   */
  record Of(Var gradient, Var value, boolean source) {}

  /**
   * Made by a pass.
   *
   * @param pass its name
   * @param equal the equations whose value it computes
   * @param parts others that went into it
   */
  record Made(String pass, List<Origin> equal, List<Origin> parts) implements Origin {
    public Made {
      equal = List.copyOf(equal);
      parts = List.copyOf(parts);
    }
  }

  /** What a pass put in place of equal equations, of which the first is the one to show. */
  static Origin equal(String pass, List<Origin> equal, List<Origin> parts) {
    Set<Origin> same = new LinkedHashSet<>();
    Set<Origin> other = new LinkedHashSet<>();
    for (Origin origin : equal) {
      if (origin instanceof Made made && made.pass.equals(pass)) {
        same.addAll(made.equal);
        other.addAll(made.parts);
      } else {
        same.add(origin);
      }
    }
    for (Origin origin : parts) {
      if (origin instanceof Made made && made.pass.equals(pass)) {
        other.addAll(made.equal);
        other.addAll(made.parts);
      } else {
        other.add(origin);
      }
    }
    other.removeAll(same);
    same.remove(NOWHERE);
    other.remove(NOWHERE);
    return same.size() == 1 && other.isEmpty()
        ? same.iterator().next()
        : new Made(pass, List.copyOf(same), List.copyOf(other));
  }

  /** What a pass put in place of one equation. */
  static Origin replacing(String pass, Origin equal) {
    boolean known = equal instanceof Made made && made.pass.equals(pass);
    return known ? equal : new Made(pass, List.of(equal), List.of());
  }

  /** What a pass made of other equations. */
  static Origin of(String pass, List<Origin> parts) {
    return equal(pass, List.of(), parts);
  }

  /** The same for one. */
  static Origin of(String pass, Origin part) {
    return of(pass, List.of(part));
  }

  /** The place that stands beside the equation; empty if no model says it. */
  default Optional<Span> shown() {
    if (this instanceof Written written) {
      return Optional.of(written.beside);
    } else if (this instanceof Share share) {
      return share.forward.shown();
    } else if (this instanceof Sum sum) {
      return sum.terms.get(sum.terms.size() - 1).shown();
    } else if (this instanceof Gradient gradient) {
      return gradient.how.shown();
    }
    Made made = (Made) this;
    return Stream.concat(made.equal.stream(), made.parts.stream())
        .flatMap(origin -> origin.shown().stream())
        .findFirst();
  }

  /** The file of the library that the place is in which stands beside the equation, if it is. */
  default Optional<SourceFile> shownLibrary() {
    return shown()
        .map(Span::file)
        .filter(
            file ->
                written().stream()
                    .flatMap(w -> w.library.stream())
                    .anyMatch(place -> place.file() == file));
  }

  /** The place as {@code fever.nn:7}; empty if no model says it. */
  default String place() {
    return shown().map(Span::place).orElse("");
  }

  /** The origins that this one is made of: forward equations, shares, what a pass replaced. */
  default List<Origin> sources() {
    if (this instanceof Share share) {
      return List.of(share.forward);
    } else if (this instanceof Sum sum) {
      return sum.terms;
    } else if (this instanceof Gradient gradient) {
      return List.of(gradient.how);
    } else if (this instanceof Made made) {
      return Stream.concat(made.equal.stream(), made.parts.stream()).toList();
    }
    return List.of();
  }

  /** The equations of the model that it comes from, directly or as their derivative. */
  default Set<Written> written() {
    Set<Written> found = new LinkedHashSet<>();
    if (this instanceof Written written) {
      found.add(written);
    }
    sources().forEach(origin -> found.addAll(origin.written()));
    return found;
  }

  /** The shares of gradients that it computes. */
  default Set<Share> shares() {
    Set<Share> found = new LinkedHashSet<>();
    if (this instanceof Share share) {
      found.add(share);
    } else {
      sources().forEach(origin -> found.addAll(origin.shares()));
    }
    return found;
  }

  /** What it is the whole gradient of. */
  default List<Of> gradientOf() {
    List<Of> found = new ArrayList<>();
    if (this instanceof Gradient gradient) {
      found.addAll(gradient.of);
    } else if (this instanceof Made made) {
      made.equal.forEach(origin -> found.addAll(origin.gradientOf()));
    }
    return found;
  }

  /** The passes that made it, the last one first. */
  default Set<String> passes() {
    Set<String> found = new LinkedHashSet<>();
    if (this instanceof Made made && !made.pass.isEmpty()) {
      found.add(made.pass);
    }
    sources().forEach(origin -> found.addAll(origin.passes()));
    return found;
  }
}
