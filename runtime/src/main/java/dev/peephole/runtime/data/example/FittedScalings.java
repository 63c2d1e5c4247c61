package dev.peephole.runtime.data.example;

import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.DataWarning;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.scaling.Scaling;
import dev.peephole.runtime.data.scaling.ScalingRule;
import dev.peephole.runtime.data.scaling.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What came of fitting a plan's rules to the training part.
 *
 * @param scalings the scaling of each tensor that a rule names
 * @param warnings the fields that have nothing to scale, because they are always the same
 */
public record FittedScalings(Map<String, Scaling> scalings, Set<DataWarning> warnings) {

  /** Fits the rules in their order; several for one tensor apply one after another. */
  static FittedScalings of(
      Source source, List<RawValues> tensors, List<ScalingRule> rules, int[] training) {
    Map<String, Scaling> fitted = new LinkedHashMap<>();
    Set<DataWarning> warnings = new LinkedHashSet<>();
    for (ScalingRule rule : rules) {
      RawValues values = numbers(tensors, rule.tensor());
      int[] rows = values.rows(training);
      int period = values.period();
      Scaling before = fitted.getOrDefault(rule.tensor(), Scaling.identity(period));
      List<Scaling.Line> lines = new ArrayList<>();
      List<Spread> spreads = new ArrayList<>();
      for (int k = 0; k < period; k++) {
        double[] column = column(values, rows, k);
        spreads.add(Spread.of(column));
        lines.add(fit(rule, before.line(k), column, spreads.get(k)));
      }
      warnings.addAll(warnings(source, values, spreads));
      fitted.put(rule.tensor(), Scaling.repeated(lines, values.open() ? period : values.width(0)));
    }
    return new FittedScalings(fitted, warnings);
  }

  /**
   * Whether there is anything to scale is seen in the numbers as they are in the data, because a
   * first rule would make a spread out of the rounding of a constant.
   */
  private static Scaling.Line fit(
      ScalingRule rule, Scaling.Line before, double[] column, Spread spread) {
    if (spread.isRounding()) {
      return rule.constant(spread.least());
    }
    return before.then(
        rule.fit(
            IntStream.range(0, column.length).mapToDouble(i -> before.apply(column[i])).toArray()));
  }

  /** The k-th number of every period in some rows. */
  private static double[] column(RawValues values, int[] rows, int k) {
    int period = values.period();
    double[] column = new double[rows.length * (values.rowWidth() / period)];
    int next = 0;
    for (int row : rows) {
      for (int place = k; place < values.rowWidth(); place += period) {
        column[next++] = values.number(row, place);
      }
    }
    return column;
  }

  private static RawValues numbers(List<RawValues> tensors, String name) {
    return tensors.stream()
        .filter(values -> values.tensor().name().equals(name) && values.tensor().classes() == 0)
        .findFirst()
        .orElseThrow(
            () -> DataException.of("there are no numbers called " + name + " to scale", ""));
  }

  /** One for each field none of whose numbers ever changes; the corner of an image is no field. */
  private static List<DataWarning> warnings(Source source, RawValues values, List<Spread> spreads) {
    List<DataWarning> warnings = new ArrayList<>();
    int first = 0;
    for (Field field : values.fields()) {
      List<Spread> own =
          IntStream.range(first, first + field.size())
              .mapToObj(k -> spreads.get(k % spreads.size()))
              .toList();
      if (own.stream().allMatch(Spread::isRounding)) {
        warnings.add(
            new DataWarning(
                source.name(),
                source.called(field) + " is always " + told(own) + " in the training part",
                "there is nothing to scale, and nothing to learn from it: is it the right one?"));
      }
      first += field.size();
    }
    return warnings;
  }

  private static String told(List<Spread> constants) {
    return constants.stream().map(Spread::least).distinct().count() == 1
        ? Double.toString(constants.get(0).least())
        : "the same";
  }
}
