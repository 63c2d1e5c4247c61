package dev.peephole.recurrent;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to use cells, as a network over sequences {@code x} of so many steps.
 *
 * @param name for reports
 * @param cells cells of its own
 * @param inputs what it takes, with T for the number of steps
 * @param output what it computes of them
 */
record CellCase(String name, String cells, String inputs, String output) {
  private static final List<String> LIBRARY =
      List.of("rnn(4)", "lstm(4)", "lstm(4, peepholes: true)", "gru(4)");

  private static final String TRAINED =
      """
      cell trained(x: [m], units: int) {
        param W: [m, units] = glorot_uniform
        param U: [units, units] = orthogonal
        param s_0, c_0: [units] = 0.5
        state s: [units] = s_0
        state c: [units] = tanh(c_0)

        c = 0.5 * prev c + tanh(x @ W + prev s @ U)
        s = sigmoid(c) * prev s
        return s + c
      }
      """;

  private static final String GIVEN =
      """
      cell given(x: [m], start: [n]) {
        param W: [m, n] = glorot_uniform
        param U: [n, n] = orthogonal
        state s: [n] = start

        s = tanh(x @ W + prev s @ U)
        return s
      }
      """;

  private static final String LAYERED =
      """
      cell layered(x: [m], units: int) {
        state s: [units] = 0

        s = concat(x, prev s) |> dense(5) |> relu |> dense(units) |> tanh
        return s
      }
      """;

  private static final String READER =
      """
      /// Looks at a memory that is the same at all steps, and decides by its state where.
      cell reader(x: [m], memory: [k, n]) {
        param W: [m, n] = glorot_uniform
        param U: [n, n] = orthogonal
        state s: [n] = 0

        weights = softmax(memory @ (prev s @ U))
        s = tanh(x @ W + weights @ memory)
        return s
      }
      """;

  private static final String TWO =
      """
      cell two(x: [m], z: [n], units: int) {
        param W: [m, units] = glorot_uniform
        param V: [n, units] = glorot_uniform
        param U: [units, units] = orthogonal
        state s: [units] = 0

        s = tanh(x @ W + sin(z) @ V + prev s @ U)
        return s * sum(z)
      }
      """;

  private static final String CONDITIONAL =
      """
      cell conditional(x: [m], open) {
        param p, q: [m] = 0.1
        state s: [m] = 0

        s = where(open, x * p, prev s + where(p < 0, x, 2 * x) * q)
        return where(prev s < s, s, x * q)
      }
      """;

  static List<CellCase> all() {
    List<CellCase> cases = new ArrayList<>();
    for (String cell : LIBRARY) {
      String backward = cell.replace(")", ", direction: backward)");
      cases.add(of("x |> " + cell));
      cases.add(of("x |> " + backward));
      cases.add(of("concat(x |> %s, x |> %s)".formatted(cell, backward)));
      cases.add(of("x |> %s |> %s".formatted(cell, cell)));
      cases.add(of("x |> %s |> last".formatted(cell)));
      cases.add(new CellCase(cell + " over [2, T, 3]", "", "x: [2, T, 3]", "x |> " + cell));
    }
    for (String options :
        List.of(
            "coupled: true",
            "forget: false",
            "peepholes: true, coupled: true",
            "peepholes: true, forget: false",
            "zoneout: 0.2, dropout: 0.3")) {
      cases.add(of("lstm(x, 4, " + options + ")"));
      cases.add(of("lstm(x, 4, " + options + ", direction: backward)"));
    }
    for (String cell : List.of("rnn", "gru")) {
      cases.add(of(cell + "(x, 4, zoneout: 0.2, dropout: 0.3)"));
    }
    for (String cell : List.of("rnn", "lstm", "gru")) {
      cases.add(of("x |> bidirectional(%s, 4)".formatted(cell)));
    }
    cases.add(of("x |> bidirectional(lstm, 3) |> bidirectional(gru, 2)"));
    cases.add(of("x |> dense(4) |> tanh |> lstm(4) |> dense(2)"));
    cases.add(of("gru(x, 4, direction: backward)[0]"));
    cases.add(of("rnn(x, 4) + lstm(x, 4) * last(gru(x, 4))"));
    cases.add(new CellCase("labels", "", "x: [T] class(5)", "one_hot(x) |> lstm(4)"));
    cases.add(new CellCase("trained", TRAINED, "x: [T, 3]", "trained(x, 4)"));
    cases.add(new CellCase("trained over [2, T, 3]", TRAINED, "x: [2, T, 3]", "trained(x, 4)"));
    cases.add(given("z"));
    cases.add(given("tanh(dense(z, 4))"));
    cases.add(given("last(lstm(x, 4))"));
    cases.add(given("z, direction: backward"));
    cases.add(new CellCase("layered", LAYERED, "x: [T, 3]", "layered(x, 4)"));
    cases.add(new CellCase("layered over [2, T, 3]", LAYERED, "x: [2, T, 3]", "layered(x, 4)"));
    cases.add(
        new CellCase("reader", READER, "x: [T, 3]\n  input z: [5, 4]", "reader(x, dense(z, 4))"));
    cases.add(new CellCase("two", TWO, "x: [T, 3]\n  input z: [T, 2]", "two(x, dense(z, 2), 4)"));
    cases.add(
        new CellCase(
            "conditional", CONDITIONAL, "x: [T, 3]\n  input z: [3]", "conditional(x, z < 0)"));
    cases.addAll(StateCases.all());
    return cases;
  }

  private static CellCase of(String output) {
    return new CellCase(output, "", "x: [T, 3]", output);
  }

  private static CellCase given(String start) {
    String output = "given(x, " + start + ")";
    return new CellCase(output, GIVEN, "x: [T, 3]\n  input z: [4]", output);
  }

  /** The model file for sequences of one length. */
  String text(int steps) {
    return text(String.valueOf(steps));
  }

  /** The model file for sequences of different lengths. */
  String openText() {
    return text("*");
  }

  private String text(String steps) {
    return """
    %s
    network Tested {
      input %s
      output p = %s
      loss mean((p - 0.3) ^ 2)
    }
    """
        .formatted(cells, inputs.replace("T", steps), output);
  }

  @Override
  public String toString() {
    return name;
  }
}
