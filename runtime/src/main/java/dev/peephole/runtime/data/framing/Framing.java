package dev.peephole.runtime.data.framing;

import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.function.IntFunction;

/** How the rows of a source make up examples. */
public sealed interface Framing permits EachRow, Windows, WholeSequences {

  /** How many examples there are. */
  int count();

  /** The first row of an example. */
  int first(int example);

  /** How many rows an example has. */
  int length(int example);

  /** Whether an example begins where the one before it ends, in the same sequence. */
  default boolean follows(int example) {
    return false;
  }

  /**
   * The numbers of the examples in the three parts of a split; no two parts have a row in common.
   *
   * @param key what the split asks of an example
   * @throws DataException if a part has no example
   */
  List<int[]> divide(Split split, long seed, IntFunction<String> key);

  /** The rows of some of the examples, each once. */
  int[] rows(int[] examples);
}
