package dev.peephole.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads places in index notation: {@code 2u + i − 1}, {@code (u − i) / 2}. */
final class PlaceText {
  private static final Pattern TERM = Pattern.compile("([−+]?) ?(\\d*)([a-z]?_*)");
  private static final Pattern VALUE = Pattern.compile("([\\p{L}\\d_]+)\\[([^\\[\\]]*)]");

  private static final Pattern LIMIT =
      Pattern.compile("([a-z]_*(?:, [a-z]_*)*) < (\\d+)(?=[^()\\[\\]=]*[)}])");

  private PlaceText() {}

  /** The letters of a place, each with its factor; the constant stands beside an empty one. */
  private static Map<String, Integer> terms(String place) {
    String sum = place.replaceFirst(" ?/ ?\\d+$", "").replaceAll("[()]", "");
    Map<String, Integer> terms = new HashMap<>();
    Matcher term = TERM.matcher(sum.replace(" ", ""));
    while (term.find()) {
      if (!term.group(2).isEmpty() || !term.group(3).isEmpty()) {
        int number = term.group(2).isEmpty() ? 1 : Integer.parseInt(term.group(2));
        terms.merge(term.group(3), term.group(1).equals("−") ? -number : number, Integer::sum);
      }
    }
    return terms;
  }

  static List<String> letters(String place) {
    return terms(place).keySet().stream().filter(letter -> !letter.isEmpty()).toList();
  }

  /** What a place comes to where letters have values; no whole number if there is none. */
  static ToDoubleFunction<int[]> at(String place, List<String> letters) {
    Map<String, Integer> terms = terms(place);
    int[] factors = letters.stream().mapToInt(l -> terms.getOrDefault(l, 0)).toArray();
    int constant = terms.getOrDefault("", 0);
    int slash = place.indexOf('/');
    double divisor = slash < 0 ? 1 : Integer.parseInt(place.substring(slash + 1).strip());
    return values -> {
      int sum = constant;
      for (int i = 0; i < factors.length; i++) {
        sum += factors[i] * values[i];
      }
      return sum / divisor;
    };
  }

  /**
   * How many places the letters of a formula have: those on the left as many as its axes, the
   * others as the axis that they stand at alone.
   */
  static Map<String, Integer> lengths(
      List<String> left, List<Integer> shape, String right, Map<String, Numbers> values) {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    for (int i = 0; i < left.size(); i++) {
      lengths.put(left.get(i), shape.get(i));
    }
    Matcher value = VALUE.matcher(right);
    while (value.find()) {
      Numbers of = values.get(value.group(1));
      List<String> places = new ArrayList<>(List.of(value.group(2).split(", ")));
      for (int i = 0; of != null && i < places.size(); i++) {
        if (places.get(i).matches("[a-z]_*")) {
          lengths.putIfAbsent(places.get(i), of.lengths().get(i));
        }
      }
    }
    Matcher limit = LIMIT.matcher(right);
    while (limit.find()) {
      for (String letter : limit.group(1).split(", ")) {
        lengths.putIfAbsent(letter, Integer.parseInt(limit.group(2)));
      }
    }
    return lengths;
  }
}
