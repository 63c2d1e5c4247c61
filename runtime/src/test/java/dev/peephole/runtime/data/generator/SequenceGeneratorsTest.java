package dev.peephole.runtime.data.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Sequences;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Made sequences against what their grammars and papers say. */
class SequenceGeneratorsTest {

  /** The two ways on at each node of Reber's grammar, and where they lead. */
  private static final Map<String, String> WAYS =
      Map.of("1", "T2P3", "2", "S2X4", "3", "T3V5", "4", "X3S6", "5", "P4V6");

  /** All columns of a source, and its sequences. */
  private static Table load(Source source, long seed) {
    List<Field> fields = source.fields(DataFolder.of(Path.of("")));
    List<Table.Request> requests =
        IntStream.range(0, fields.size())
            .mapToObj(
                f -> new Table.Request(f, fields.get(f).shape().isEmpty(), fields.get(f).shape()))
            .toList();
    return source.load(DataFolder.of(Path.of("")), requests, seed);
  }

  /** What a column of labels says in each row of a sequence. */
  private static List<String> labels(Table table, int column, int sequence) {
    Sequences sequences = table.sequences().orElseThrow();
    int from = sequences.from(sequence);
    return IntStream.range(from, from + sequences.length(sequence))
        .mapToObj(row -> table.columns().get(column).text(row).orElseThrow())
        .toList();
  }

  private static double[] numbers(Table table, int column, int sequence, int k) {
    Sequences sequences = table.sequences().orElseThrow();
    int from = sequences.from(sequence);
    return IntStream.range(from, from + sequences.length(sequence))
        .mapToDouble(row -> table.columns().get(column).number(row, k))
        .toArray();
  }

  /** The symbols whose number of a field is 1 at a step of a sequence. */
  private static String possible(Table table, int sequence, int t) {
    List<String> names = table.columns().get(0).classes();
    return IntStream.range(0, names.size())
        .filter(k -> numbers(table, 2, sequence, k)[t] == 1)
        .mapToObj(names::get)
        .sorted()
        .collect(Collectors.joining());
  }

  private static String string(Table table, int sequence) {
    List<String> symbols = labels(table, 0, sequence);
    List<String> next = labels(table, 1, sequence);
    assertThat(next.subList(0, next.size() - 1)).isEqualTo(symbols.subList(1, symbols.size()));
    return String.join("", symbols) + next.get(next.size() - 1);
  }

  /** Walks through the grammar; what may come at each step, or an error if something else did. */
  private static List<String> walk(String string) {
    assertThat(string).startsWith("B").endsWith("E");
    List<String> possible = new ArrayList<>();
    String node = "1";
    for (char symbol : string.substring(1, string.length() - 1).toCharArray()) {
      String ways = WAYS.get(node);
      assertThat(ways).as("there is a way on in %s", string).isNotNull();
      int way = ways.indexOf(symbol);
      assertThat(way).as("%s may come in %s", symbol, string).isIn(0, 2);
      possible.add(
          Stream.of("" + ways.charAt(0), "" + ways.charAt(2)).sorted().reduce("", String::concat));
      node = "" + ways.charAt(way + 1);
    }
    assertThat(node).as("%s ends where it may", string).isEqualTo("6");
    possible.add("E");
    return possible;
  }

  @Test
  void reberStringsAreOfTheGrammarAndSayAllThatMayCome() {
    Table table = load(new Reber(500, false), 3);
    for (int s = 0; s < 500; s++) {
      String string = string(table, s);
      List<String> expected = walk(string);
      for (int t = 0; t < expected.size(); t++) {
        assertThat(possible(table, s, t)).as("step %s of %s", t, string).isEqualTo(expected.get(t));
      }
    }
  }

  @Test
  void embeddedStringsRepeatTheirSecondSymbolBeforeTheEnd() {
    Table table = load(new Reber(500, true), 4);
    for (int s = 0; s < 500; s++) {
      String string = string(table, s);
      int last = string.length() - 1;
      walk(string.substring(2, last - 1));
      assertThat(string.charAt(last - 1)).isEqualTo(string.charAt(1));
      assertThat(string.charAt(1)).isIn('T', 'P');
      assertThat(possible(table, s, 0)).isEqualTo("PT");
      assertThat(possible(table, s, 1)).isEqualTo("B");
      assertThat(possible(table, s, last - 2)).isEqualTo("" + string.charAt(1));
      assertThat(possible(table, s, last - 1)).isEqualTo("E");
    }
  }

  /** Each way is taken half of the time, so that the mean length can be computed. */
  @Test
  void reberStringsAreAsLongAsTheirChancesSay() {
    Sequences sequences = load(new Reber(20_000, false), 5).sequences().orElseThrow();
    double mean = sequences.starts()[20_000] / 20_000.0;
    // Steps to the end from nodes 1 … 5: e1 = 1 + (e2 + e3)/2, e2 = 1 + (e2 + e4)/2,
    // e3 = 1 + (e3 + e5)/2, e4 = 1 + e3/2, e5 = 1 + e4/2; so e4 = 10/3, e5 = 8/3, e3 = 14/3,
    // e2 = 16/3, e1 = 6, and the first B makes it one more.
    assertThat(mean).isCloseTo(7, within(0.1));
  }

  @Test
  void countingStringsAreThoseOfEveryNInOrder() {
    Table table = load(new Anbncn(2, 4, 3), 0);
    List<String> strings = IntStream.range(0, 9).mapToObj(s -> string(table, s)).toList();
    assertThat(strings.get(0)).isEqualTo("TaabbccT");
    assertThat(strings.get(2)).isEqualTo("TaabbccT");
    assertThat(strings.get(3)).isEqualTo("TaaabbbcccT");
    assertThat(strings.get(8)).isEqualTo("TaaaabbbbccccT");
    List<String> possible = IntStream.range(0, 7).mapToObj(t -> possible(table, 0, t)).toList();
    assertThat(possible).containsExactly("a", "ab", "ab", "b", "c", "c", "T");
  }

  @Test
  void everySpikeSaysHowLongAgoTheOneBeforeWas() {
    Table table = load(new SpikeDelays(300, 5, 9, 4), 7);
    Map<Integer, Integer> seen = new HashMap<>();
    for (int s = 0; s < 300; s++) {
      double[] spike = numbers(table, 0, s, 0);
      double[] delay = numbers(table, 1, s, 0);
      int before = 0;
      assertThat(spike[0]).isEqualTo(1);
      assertThat(spike[spike.length - 1]).isEqualTo(1);
      for (int t = 0; t < spike.length; t++) {
        if (spike[t] == 0 || t == 0) {
          assertThat(delay[t]).isZero();
        } else {
          int steps = t - before;
          assertThat(steps).isBetween(5, 9);
          assertThat(delay[t]).isEqualTo((steps - 5) / 4.0);
          seen.merge(steps, 1, Integer::sum);
          before = t;
        }
      }
    }
    assertThat(seen.values().stream().mapToInt(n -> n).sum()).isEqualTo(1200);
    assertThat(seen.values()).allSatisfy(n -> assertThat(n).isBetween(180, 300));
  }

  @Test
  void timedSpikesComeEveryPeriod() {
    Table table = load(new TimedSpikes(2, 4, 3), 0);
    assertThat(numbers(table, 0, 0, 0)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(numbers(table, 1, 0, 0)).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(numbers(table, 1, 1, 0)).isEqualTo(numbers(table, 1, 0, 0));
  }

  /** Whoever reads a whole sentence can know every tag and the kind: no words have two readings. */
  @Test
  void noTaggedSentenceHasTwoReadings() {
    Map<List<String>, List<String>> readings = new HashMap<>();
    int again = 0;
    for (int seed = 0; seed < 10; seed++) {
      Table table = load(new Tagged(5000), seed);
      for (int s = 0; s < 5000; s++) {
        List<String> reading = new ArrayList<>(labels(table, 1, s));
        reading.add(labels(table, 2, s).get(0));
        List<String> before = readings.put(labels(table, 0, s), reading);
        assertThat(before).as("%s", labels(table, 0, s)).isIn(null, reading);
        again += before == null ? 0 : 1;
      }
    }
    assertThat(again).as("sentences that came up again").isGreaterThan(5000);
  }

  /** Neither what stands before a word nor what stands behind it is enough to know its tag. */
  @Test
  void tagsDependOnBothSides() {
    Table table = load(new Tagged(5000), 1);
    Map<List<String>, TreeSet<String>> afterWhatStandsBefore = new HashMap<>();
    Map<List<String>, TreeSet<String>> beforeWhatStandsBehind = new HashMap<>();
    for (int s = 0; s < 5000; s++) {
      List<String> words = labels(table, 0, s);
      List<String> tags = labels(table, 1, s);
      assertThat(new TreeSet<>(labels(table, 2, s))).hasSize(1);
      for (int t = 0; t < words.size(); t++) {
        String tag = tags.get(t);
        add(afterWhatStandsBefore, words.subList(0, t + 1), tag);
        add(beforeWhatStandsBehind, words.subList(t, words.size()), tag);
      }
    }
    assertThat(afterWhatStandsBefore.values()).anySatisfy(tags -> assertThat(tags).hasSize(3));
    assertThat(beforeWhatStandsBehind.values()).anySatisfy(tags -> assertThat(tags).hasSize(2));
  }

  private static void add(Map<List<String>, TreeSet<String>> tags, List<String> words, String tag) {
    tags.computeIfAbsent(List.copyOf(words), unseen -> new TreeSet<>()).add(tag);
  }

  static List<Source> random() {
    return List.of(new Reber(50, true), new SpikeDelays(50, 3, 5, 4), new Tagged(50));
  }

  @ParameterizedTest
  @MethodSource("random")
  void followTheSeed(Source source) {
    assertThat(rows(source, 1)).isEqualTo(rows(source, 1)).isNotEqualTo(rows(source, 2));
  }

  private static List<Double> rows(Source source, long seed) {
    Table table = load(source, seed);
    return IntStream.range(0, table.rows())
        .mapToObj(row -> table.columns().get(1).number(row, 0))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 1", "2, 1, 1", "1, 10, 0", "1, 1000000, 1000"})
  void refuseWhatMakesNoStrings(int from, int to, int each) {
    assertThatThrownBy(() -> new Anbncn(from, to, each))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuseWhatMakesNoTrains() {
    assertThatThrownBy(() -> new SpikeDelays(1, 0, 3, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpikeDelays(1, 3, 3, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TimedSpikes(1, 1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reber(0, true)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Tagged(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
