package dev.peephole.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A place along an axis in index notation: {@code 2u + i − 1}, {@code (u − i) / 2}. Not every such
 * number is one of a place: it may be less than 0, or too large, or no whole number.
 *
 * @param factors what each letter is multiplied by
 * @param shift what is added
 * @param over what the sum is divided by
 * @param bounds the numbers of what is missing wherever there is no such place
 */
public record Place(Map<String, Integer> factors, int shift, int over, Set<Integer> bounds) {
  public Place {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    bounds = Collections.unmodifiableSet(new LinkedHashSet<>(bounds));
  }

  /** The place that a letter stands for. */
  static Place of(String letter) {
    return new Place(Map.of(letter, 1), 0, 1, Set.of());
  }

  /** Always the same place. */
  static Place fixed(int place) {
    return new Place(Map.of(), place, 1, Set.of());
  }

  /** Places {@code factor · letter} further. */
  Place plus(int factor, String letter) {
    Map<String, Integer> sum = new LinkedHashMap<>(factors);
    sum.merge(letter, factor, Integer::sum);
    return new Place(sum, shift, over, bounds);
  }

  /** So many times as far. */
  Place times(int factor) {
    Map<String, Integer> product = new LinkedHashMap<>(factors);
    product.replaceAll((letter, old) -> old * factor);
    return new Place(product, shift * factor, over, bounds);
  }

  Place shifted(int by) {
    return new Place(factors, shift + by * over, over, bounds);
  }

  Place over(int divisor) {
    return new Place(factors, shift, over * divisor, bounds);
  }

  /** The place, which is missing wherever something else is that has this number. */
  Place bounded(int number) {
    Set<Integer> all = new LinkedHashSet<>(bounds);
    all.add(number);
    return new Place(factors, shift, over, all);
  }

  /** Whether it is a letter alone. */
  boolean isLetter() {
    return factors.size() == 1 && factors.containsValue(1) && shift == 0 && over == 1;
  }

  /**
   * The place with other places for its letters; empty if that cannot be written.
   *
   * @param bounded whether outside of the axis this is no place either, so that bounds stay
   */
  Optional<Place> substitute(Function<String, Place> places, boolean bounded) {
    if (isLetter()) {
      return Optional.of(places.apply(factors.keySet().iterator().next()));
    }
    Map<String, Integer> sum = new LinkedHashMap<>();
    Set<Integer> kept = new LinkedHashSet<>();
    int constant = shift;
    int divisor = 1;
    for (Map.Entry<String, Integer> term : factors.entrySet()) {
      Place place = places.apply(term.getKey());
      int factor = term.getValue();
      if (place.over != 1 && factor % place.over == 0) {
        factor /= place.over;
      } else if (place.over != 1 && factors.size() == 1 && factor == 1) {
        divisor = place.over;
        constant *= divisor;
      } else if (place.over != 1) {
        return Optional.empty();
      }
      int each = factor;
      place.factors.forEach((letter, f) -> sum.merge(letter, f * each, Integer::sum));
      constant += place.shift * each;
      kept.addAll(bounded ? place.bounds : Set.of());
    }
    sum.values().removeIf(factor -> factor == 0);
    return Optional.of(new Place(sum, constant, over * divisor, kept));
  }

  /** The place as it is written. */
  String text() {
    StringBuilder sum = new StringBuilder();
    factors.forEach(
        (letter, factor) ->
            add(sum, factor, (Math.abs(factor) == 1 ? "" : Math.abs(factor)) + letter));
    if (shift != 0 || sum.isEmpty()) {
      add(sum, shift, String.valueOf(Math.abs(shift)));
    }
    boolean one = factors.size() + (shift == 0 ? 0 : 1) < 2;
    return over == 1 ? sum.toString() : (one ? sum : "(" + sum + ")") + " / " + over;
  }

  private static void add(StringBuilder sum, int sign, String term) {
    sum.append(sum.isEmpty() ? (sign < 0 ? "−" : "") : sign < 0 ? " − " : " + ").append(term);
  }
}
