package dev.peephole.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Formulas of windows in index notation, which says of each number where it lies: those of other
 * values are simpler with the axes left out.
 *
 * <pre>
 * z[n, u, k] = Σᵢⱼ x[n, u + i − 1, j] · W[i, j, k] + b[k]
 * </pre>
 *
 * A term in which a value has no such place is 0; so zeros around an image need not be written.
 */
public final class IndexNotation {
  private final Set<String> names;
  private final Set<String> taken;
  private final Map<String, Integer> lengths = new HashMap<>();
  private final Set<String> said = new HashSet<>();
  private final Set<String> bound = new HashSet<>();
  private int bounds;

  /**
   * @param names those of values, which no letter may be
   * @param taken what no new letter may be
   */
  private IndexNotation(Set<String> names, Set<String> taken) {
    this.names = names;
    this.taken = taken;
  }

  /**
   * A formula in index notation.
   *
   * @param letters the places of what is on the left
   */
  public record Indexed(List<String> letters, Expression right) {}

  /**
   * A formula in index notation, if windows are in it and it can be written so.
   *
   * @param names those of values, which letters give way to
   */
  public static Optional<Indexed> of(Shape left, Expression right, Set<String> names) {
    if (!isOfWindows(right)) {
      return Optional.empty();
    }
    Set<String> taken = new HashSet<>(names);
    collectLetters(right, taken);
    Map<String, String> inside = lettersInside(right).orElse(Map.of());
    List<String> letters = new ArrayList<>();
    Map<String, Place> places = new HashMap<>();
    for (String axis : Axes.of(left)) {
      String own = inside.getOrDefault(axis, axis);
      boolean free = !names.contains(own) && !letters.contains(own);
      boolean other = !inside.containsKey(axis) && inside.containsValue(own);
      String letter = free && !other ? own : Axes.other(taken::contains);
      taken.add(letter);
      letters.add(letter);
      places.put(axis, Place.of(letter));
    }
    IndexNotation notation = new IndexNotation(names, taken);
    return notation.part(right, places).map(part -> new Indexed(letters, part.expression));
  }

  private static void collectLetters(Expression e, Set<String> letters) {
    letters.addAll(e.axes());
    e.parts().forEach(part -> collectLetters(part, letters));
  }

  /** Whether what some places of windows hold is written as a call of a function. */
  private static boolean isOfWindows(Expression e) {
    return e instanceof Expression.Call call && call.isMoved()
        || e.parts().stream().anyMatch(IndexNotation::isOfWindows);
  }

  /** The letters that the axes of a part go by in the reduction of windows that it has. */
  private static Optional<Map<String, String>> lettersInside(Expression e) {
    boolean reduced = e instanceof Expression.Sum || e instanceof Expression.Max;
    if (reduced && isOfWindows(e)) {
      return Optional.of(e.axes().stream().collect(Collectors.toMap(a -> a, a -> a, (a, b) -> a)));
    } else if (e instanceof Expression.Along along) {
      return lettersInside(along.of())
          .map(
              inside -> {
                Map<String, String> letters = new LinkedHashMap<>();
                for (int i = 0; i < along.axes().size(); i++) {
                  String inner = along.of().axes().get(i);
                  letters.put(along.axes().get(i), inside.getOrDefault(inner, inner));
                }
                return letters;
              });
    } else if (e instanceof Expression.Pointwise) {
      return e.parts().stream().flatMap(p -> lettersInside(p).stream()).findFirst();
    }
    return Optional.empty();
  }

  /**
   * A part in index notation.
   *
   * @param missing the numbers of the bounds outside of which it has no place
   */
  private record Part(Expression expression, Set<Integer> missing) {}

  /**
   * A part of a formula at places of its axes.
   *
   * @param places where it is taken along each of its axes
   */
  private Optional<Part> part(Expression e, Map<String, Place> places) {
    if (e instanceof Expression.Pointwise pointwise) {
      return pointwise(pointwise, places);
    } else if (e instanceof Expression.Sum sum) {
      List<String> over = new ArrayList<>(sum.over());
      over.addAll(sum.single());
      return reduced(sum.body(), over, places, false)
          .map(r -> new Part(new Expression.Sum(r.over, List.of(), r.body, r.limits), Set.of()));
    } else if (e instanceof Expression.Max max) {
      return reduced(max.body(), max.over(), places, true)
          .map(r -> new Part(new Expression.Max(r.over, r.body, r.limits), Set.of()));
    } else if (e instanceof Expression.Along along) {
      return part(along.of(), renamed(along.of().axes(), along.axes(), places));
    } else if (e instanceof Expression.Reordered r) {
      List<String> before = r.order().stream().map(r.of().axes()::get).toList();
      return part(r.of(), renamed(before, r.axes(), places));
    } else if (e instanceof Expression.Transposed) {
      List<String> axes = e.axes();
      List<String> swapped = new ArrayList<>(axes);
      int last = axes.size() - 1;
      swapped.set(last, axes.get(last - 1));
      swapped.set(last - 1, axes.get(last));
      return part(((Expression.Transposed) e).of(), renamed(swapped, axes, places));
    } else if (e instanceof Expression.Places some) {
      return places(some, places);
    } else if (e instanceof Expression.Call call && !call.places().isEmpty()) {
      return moved(call, places);
    }
    return isOfWindows(e) ? Optional.empty() : Optional.of(leaf(e, places));
  }

  private static Map<String, Place> renamed(
      List<String> inside, List<String> outside, Map<String, Place> places) {
    Map<String, Place> renamed = new HashMap<>();
    for (int i = 0; i < inside.size(); i++) {
      renamed.put(inside.get(i), places.get(outside.get(i)));
    }
    return renamed;
  }

  private Part leaf(Expression e, Map<String, Place> places) {
    if (e.axes().isEmpty()) {
      return new Part(e, Set.of());
    }
    Set<Integer> missing = new HashSet<>();
    e.axes().forEach(axis -> missing.addAll(places.get(axis).bounds()));
    List<String> axes =
        e.axes().stream()
            .flatMap(axis -> places.get(axis).factors().keySet().stream())
            .distinct()
            .toList();
    e.axes().stream()
        .map(places::get)
        .filter(Place::isLetter)
        .forEach(place -> said.addAll(place.factors().keySet()));
    List<String> texts = e.axes().stream().map(axis -> places.get(axis).text()).toList();
    return new Part(new Expression.Indexed(e, texts, axes), missing);
  }

  private static Set<Integer> bounds(List<String> axes, Map<String, Place> places) {
    return axes.stream()
        .flatMap(axis -> places.get(axis).bounds().stream())
        .collect(Collectors.toSet());
  }

  /** What is missing in one operand is missing in all: that comes to 0 only for some ops. */
  private Optional<Part> pointwise(Expression.Pointwise e, Map<String, Place> places) {
    Set<Integer> outer = bounds(e.axes(), places);
    List<Expression> parts = new ArrayList<>();
    Set<Integer> missing = new LinkedHashSet<>();
    for (int i = 0; i < e.parts().size(); i++) {
      Optional<Part> part = part(e.parts().get(i), places);
      if (part.isEmpty() || !outer.containsAll(part.get().missing) && !e.isZeroWith(i)) {
        return Optional.empty();
      }
      parts.add(part.get().expression);
      missing.addAll(part.get().missing);
    }
    return Optional.of(new Part(e.of(parts), missing));
  }

  /**
   * @param limits how long the axes are of which the body does not say it
   */
  private record Reduced(List<String> over, Expression body, Map<String, Integer> limits) {}

  private Optional<Reduced> reduced(
      Expression body, List<String> over, Map<String, Place> places, boolean whole) {
    List<String> free = body.axes().stream().filter(axis -> !over.contains(axis)).toList();
    if (!bounds(free, places).isEmpty()) {
      return Optional.empty();
    }
    Set<String> used = new HashSet<>(names);
    free.forEach(axis -> used.addAll(places.get(axis).factors().keySet()));
    Map<String, Place> inside = new HashMap<>(places);
    List<String> letters = new ArrayList<>();
    for (String letter : over) {
      boolean gone = used.contains(letter) || bound.contains(letter);
      String own = gone ? Axes.other(taken::contains) : letter;
      used.add(own);
      taken.add(own);
      bound.add(own);
      letters.add(own);
      inside.put(letter, Place.of(own));
    }
    return part(body, inside)
        .filter(part -> !whole || part.missing.isEmpty())
        .filter(part -> letters.stream().allMatch(l -> said.contains(l) || lengths.containsKey(l)))
        .map(part -> new Reduced(letters, part.expression, limits(letters)));
  }

  private Map<String, Integer> limits(List<String> letters) {
    Map<String, Integer> limits = new LinkedHashMap<>();
    letters.stream()
        .filter(letter -> !said.contains(letter))
        .forEach(letter -> limits.put(letter, lengths.get(letter)));
    return limits;
  }

  private Optional<Part> places(Expression.Places some, Map<String, Place> places) {
    List<String> inside = new ArrayList<>(some.of().axes());
    Map<String, Place> own = new HashMap<>();
    int at = 0;
    for (int i = 0; i < inside.size(); i++) {
      boolean gone = some.single() && i == some.axis();
      own.put(inside.get(i), gone ? Place.fixed(some.from()) : places.get(some.axes().get(at)));
      at += gone ? 0 : 1;
    }
    Place before = own.get(inside.get(some.axis()));
    if (some.from() < 0 || !before.bounds().isEmpty() || before.over() != 1) {
      return Optional.empty();
    } else if (!some.single()) {
      own.put(inside.get(some.axis()), before.times(some.step()).shifted(some.from()));
    }
    return part(some.of(), own);
  }

  /** A value whose numbers are moved along some axes; where that leaves gaps, they are missing. */
  private Optional<Part> moved(Expression.Call call, Map<String, Place> places) {
    Map<String, Place> inside = new HashMap<>(places);
    Map<String, Place> known = new HashMap<>(places);
    int fresh = ++bounds;
    for (Map.Entry<String, Place> axis : call.places().entrySet()) {
      Optional<Place> place = axis.getValue().substitute(known::get, call.hasGaps());
      if (place.isEmpty()) {
        return Optional.empty();
      }
      inside.put(axis.getKey(), call.hasGaps() ? place.get().bounded(fresh) : place.get());
    }
    call.lengths()
        .forEach(
            (letter, length) -> {
              if (places.get(letter).isLetter()) {
                lengths.put(places.get(letter).factors().keySet().iterator().next(), length);
              }
            });
    Set<Integer> outer = bounds(call.axes(), places);
    return part(call.of(), inside)
        .filter(part -> part.missing.containsAll(outer))
        .filter(part -> !call.hasGaps() || part.missing.contains(fresh));
  }
}
