package dev.peephole.runtime.data.generator;

import dev.peephole.runtime.data.DataFolder;
import dev.peephole.runtime.data.Field;
import dev.peephole.runtime.data.RandomStreams;
import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.Table;
import dev.peephole.runtime.data.generator.GeneratedSequences.Labelled;
import dev.peephole.runtime.kernel.Philox;
import java.util.List;

/** A source that makes sequences up. */
interface SequenceGenerator extends Source {

  /** What a step holds. */
  List<Labelled> step();

  /** Adds all sequences, a step after another. */
  void addTo(GeneratedSequences sequences, Philox random);

  @Override
  default List<Field> fields(DataFolder folder) {
    return step().stream().map(Labelled::field).toList();
  }

  @Override
  default boolean sequential() {
    return true;
  }

  @Override
  default Table load(DataFolder folder, List<Table.Request> requests, long seed) {
    GeneratedSequences sequences = new GeneratedSequences(name(), step());
    addTo(sequences, RandomStreams.generator(seed));
    return sequences.table(requests);
  }
}
