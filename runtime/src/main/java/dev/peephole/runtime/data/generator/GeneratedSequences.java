package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.Column;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.Sequences;
import dev.peephole.runtime.data.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Collects generated sequences, a step after another. */
final class GeneratedSequences {
  private final String generator;
  private final List<Labelled> fields;
  private final List<DoubleStream.Builder> numbers = new ArrayList<>();
  private final IntStream.Builder starts = IntStream.builder().add(0);
  private int steps;

  /**
   * A field of every step.
   *
   * @param classes what its labels are called; empty if it holds numbers
   */
  record Labelled(Field field, List<String> classes) {

    /** Numbers. */
    static Labelled numbers(String name, int... shape) {
      return new Labelled(Field.of(name, shape), List.of());
    }

    /** One label. */
    static Labelled label(String name, List<String> classes) {
      return new Labelled(Field.of(name), classes);
    }
  }

  GeneratedSequences(String generator, List<Labelled> fields) {
    this.generator = generator;
    this.fields = fields;
    fields.forEach(field -> numbers.add(DoubleStream.builder()));
  }

  /** Adds a step: the numbers of all fields, one after another. */
  void step(double... values) {
    int next = 0;
    for (int f = 0; f < fields.size(); f++) {
      for (int i = 0; i < fields.get(f).field().size(); i++) {
        numbers.get(f).add(values[next++]);
      }
    }
    steps++;
  }

  /** Ends a sequence. */
  void end() {
    starts.add(steps);
  }

  /** What was collected. */
  Table table(List<Table.Request> requests) {
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < fields.size(); f++) {
      Labelled field = fields.get(f);
      double[] column = numbers.get(f).build().toArray();
      columns.add(new Generated(generator, field.field().size(), column, field.classes()));
    }
    return Table.of(Sequences.counted(starts.build().toArray()), columns, requests);
  }
}
