package dev.peephole.formula;

import java.util.List;

/**
 * Networks in which axes of time are more than what a cell goes along: of one length or open, cut,
 * side by side, multiplied, averaged, and read as a whole by each step of a recurrence.
 */
public final class TimePrograms {
  private static final String AROUND_CELLS =
      """
      layer smoothed(x: [T, n], width: int) {
        param weights: [T, T] = 1 / width
        return weights @ x
      }
      network Around {
        input  x: [6, 3]
        target y: [1]
        first = x[0 .. 4]
        g = rnn(first, 3)
        h = lstm(x, 3)
        a = softmax(sum(h * tanh(dense(x, 3)), 1))
        mixed = a @ h
        flat = dense(concat(x[.., 0], x[1 .. 3, 2]), 2)
        s = x |> smoothed(2) |> mean
        output p = dense(concat(flat, concat(last(g), x[2])), 1) + mean(mixed) + s
        loss mse(p, y)
      }
      """;

  private static final String MEMORY =
      """
      /// Reads with attention over all of the memory.
      cell reading(x: [m], memory: [T, d], units: int) {
        param W: [m, units] = glorot_uniform
        param Q: [units, d] = glorot_uniform
        param R: [d, units] = glorot_uniform
        state s: [units] = 0
        q = prev s @ Q
        a = softmax(memory @ q)
        r = a @ memory
        s = tanh(x @ W + r @ R)
        return s
      }
      network Remembering {
        input  x: [%s, 3]
        target y: [1]
        m = lstm(x, 4)
        h = reading(x, m, 5)
        output p = dense(last(h), 1)
        loss mse(p, y)
      }
      """;

  private TimePrograms() {}

  static List<String> texts() {
    return List.of(AROUND_CELLS, memory("6"), memory("*"));
  }

  /**
   * A cell that reads all of a memory at each step.
   *
   * @param steps how long it is
   */
  public static String memory(String steps) {
    return MEMORY.formatted(steps);
  }
}
