package dev.peephole.recurrent;

import java.util.ArrayList;
import java.util.List;

/** Ways to use the states of cells: reading them, giving them, leaving them out, keeping them. */
final class StateCases {
  private static final String KEEPING =
      """
      /// Its mask is the same at all time steps; what it returns may be a captured value.
      cell keeping(x: [m], start: [n]) {
        param U: [n, n] = orthogonal
        param V: [m, n] = glorot_uniform
        state mask: [n] = start
        state s: [n] = 0

        mask = prev mask
        s = tanh(x @ V + (prev s * mask) @ U)
        return %s
      }

      layer masked(x: [T, m], start: [n]) {
        h = keeping(x, start)
        return h.mask * h
      }
      """;

  private static final String HOLDING =
      """
      /// Gives what was given, at every time step.
      cell holding(x: [m], start: [n]) {
        state mask: [n] = start

        mask = prev mask
        return %s
      }
      """;

  private static final String STANDING =
      """
      /// Forgets all at once: its state after a step is what was given.
      cell standing(x: [m], start: [n]) {
        param V: [m, n] = glorot_uniform
        state s: [n] = 0

        v = x @ V
        h = v * prev s
        s = start
        return h
      }
      """;

  private static final String LEAKY =
      """
      cell leaky(x: [m], units: int, slow: bool = false) {
        param W: [m, units] = glorot_uniform
        param U: [units, units] = orthogonal
        param a: [units] = 0.5 when slow
        state s: [units] = 0
        state v: [units] = 0.1 when slow

        v = tanh(x @ W + prev s @ U)
        s = if slow then a * prev v + v else v
        return s
      }
      """;

  private StateCases() {}

  static List<CellCase> all() {
    List<CellCase> cases = new ArrayList<>();
    cases.add(along("lstm(x, 4).c"));
    cases.add(along("last(lstm(x, 4, peepholes: true, direction: backward).c)"));
    cases.add(along("encoded(x) * lstm(x, 4).c"));
    cases.add(along("decoded(x, z)"));
    cases.add(along("gru(z, 4, s: last(lstm(x, 4).c), direction: backward)"));
    cases.add(along("lstm(x, 4, s: 0.5, c: last(x |> dense(4)))"));
    cases.add(new CellCase("states over [2, T, 3]", HELPERS, INPUTS_2, "decoded(x, z)"));
    for (String result : List.of("s", "mask * s")) {
      cases.add(start("keeping, returning " + result, KEEPING.formatted(result), "keeping(x, z)"));
    }
    for (String result : List.of("mask", "start")) {
      cases.add(
          start(
              "holding, returning " + result,
              HOLDING.formatted(result),
              "holding(x, dense(z, 4)) * holding(x, z)"));
    }
    cases.add(start("kept", KEEPING.formatted("s"), "masked(x, z)"));
    cases.add(start("kept given", KEEPING.formatted("s"), "keeping(x, z, mask: tanh(z))"));
    cases.add(start("standing", STANDING, "standing(x, dense(z, 4))"));
    cases.add(new CellCase("not slow", LEAKY, "x: [T, 3]", "leaky(x, 4)"));
    cases.add(new CellCase("slow", LEAKY, "x: [T, 3]", "leaky(x, 4, slow: true, v: 0.3)"));
    return cases;
  }

  private static final String INPUTS = "x: [T, 3]\n  input z: [T, 2]";
  private static final String INPUTS_2 = "x: [2, T, 3]\n  input z: [2, T, 2]";

  private static final String HELPERS =
      """
      layer encoded(x: [T, m]) {
        return lstm(x, 4, peepholes: true)
      }

      /// An encoder and a decoder (Sutskever, Vinyals & Le, 2014).
      layer decoded(x: [T, m], y: [K, n]) {
        h = lstm(x, 4)
        return lstm(y, 4, s: last(h.s), c: last(h.c))
      }
      """;

  private static CellCase along(String output) {
    return new CellCase(output, HELPERS, INPUTS, output);
  }

  private static CellCase start(String name, String cells, String output) {
    return new CellCase(name, cells, "x: [T, 3]\n  input z: [4]", output);
  }
}
