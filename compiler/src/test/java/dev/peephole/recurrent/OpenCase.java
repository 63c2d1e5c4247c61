package dev.peephole.recurrent;

import java.util.ArrayList;
import java.util.List;

/**
 * A network over sequences whose lengths are known only when a batch arrives.
 *
 * @param name for reports
 * @param text the model file
 */
record OpenCase(String name, String text) {

  /** Every way to use cells, and everything else that mixes what stands along time. */
  static List<OpenCase> all() {
    List<OpenCase> cases = new ArrayList<>();
    CellCase.all().forEach(c -> cases.add(new OpenCase(c.name(), c.openText())));
    cases.addAll(reductions());
    cases.addAll(products());
    cases.addAll(positions());
    cases.addAll(losses());
    return cases;
  }

  private static List<OpenCase> reductions() {
    return List.of(
        output("sum(dense(x, 2))"),
        output("sum(dense(x, 2), 0)"),
        output("max(tanh(dense(x, 2)))"),
        declared(
            "greatest of each column",
            "function greatest(z: [n]) = max(z)\n",
            "greatest(transpose(dense(x, 2)))"),
        output("mean(dense(x, 2))"),
        output("sum(dense(x, 2), 0) / T", "T"),
        output("softmax(transpose(dense(x, 2)))"),
        output("log_softmax(transpose(dense(x, 2)))"),
        output("sum(transpose(x) * softmax(dense(x, 1) |> reshape([T])), 1)", "T"),
        output("log(sum(exp(dense(x, 2)), 0))"),
        output("sum(1 / dense(x, 2) ^ 2, 0)"),
        output("exp(mean(log(0.1 + dense(x, 2) ^ 2)))"),
        output("dense(x, 2) - mean(dense(x, 2))"),
        output("std(dense(x, 2), 0)"));
  }

  private static List<OpenCase> products() {
    String attention =
        """
        layer attention(x: [T, m], units: int) {
          q = dense(x, units)
          k = dense(x, units)
          v = dense(x, units)
          weights = softmax(q @ transpose(k) / sqrt(units))
          return weights @ v
        }
        """;
    return List.of(
        declared("attention", attention, "attention(x, 4)"),
        declared(
            "attention over lstm", attention, "x |> lstm(3) |> attention(4) |> gru(2) |> last"),
        declared("deep attention", attention, "x |> attention(4) |> tanh |> attention(3)"),
        output("transpose(x) @ dense(x, 2)"),
        output("softmax(dense(x, 1) |> reshape([T])) @ x", "T"),
        output("transpose(x) @ (dense(x, 1) |> reshape([T]))", "T"),
        output("sum(dense(x, 3) @ transpose(x)) / 10"),
        output("(x @ transpose(dense(x, 3))) @ x"));
  }

  private static List<OpenCase> positions() {
    return List.of(
        output("last(tanh(dense(x, 2)))"),
        output("x[T - 1] * dense(x[0], 3)", "T"),
        output("dense(x, 2)[0 .. T]", "T"),
        output("dense(x, 2)[.., 1]"),
        output("bidirectional(x, lstm, 2) |> last"),
        output("tanh(dense(x, 2)) * T / 10 + 1 / T", "T"),
        new OpenCase(
            "two open axes of one input",
            """
            network Tested {
              input A: [*, *]
              input x: [*, 3]
              output p = A @ dense(x, 2)
              output q = max(A) * tanh(mean(A)) * dense(last(x), 1)
              loss mean(p ^ 2) + mean(q ^ 2)
            }
            """),
        new OpenCase(
            "an open axis that is not the first",
            """
            network Tested {
              input x: [2, *, 3]
              input z: [3, *]
              h = x |> gru(4)
              output p = dense(last(h), 2)
              output q = dense(transpose(z), 2) |> tanh
              loss mean(p ^ 2) + mean(sum(q, 0) ^ 2)
            }
            """),
        new OpenCase(
            "each row of a table is a step of a cell",
            """
            network Tested {
              input x: [*, 4, 3]
              output p = x |> lstm(2) |> tanh
              loss mean((p - 0.3) ^ 2)
            }
            """));
  }

  private static List<OpenCase> losses() {
    return List.of(
        new OpenCase(
            "tags",
            """
            network Tested {
              input  word: [*] class(5)
              target tag:  [*] class(3)
              target kind: class(2)
              h = one_hot(word) |> dense(4) |> bidirectional(lstm, 3) |> bidirectional(lstm, 3)
              tags = dense(h, 3)
              kinds = dense(last(h), 2)
              output p = softmax(tags)
              output k = softmax(kinds)
              loss 0.8 * mean(cross_entropy(tags, tag)) + 0.2 * cross_entropy(kinds, kind)
            }
            """),
        new OpenCase(
            "a loss along time",
            """
            network Tested {
              input  x: [*, 3]
              target tag: [*] class(3)
              tags = x |> rnn(4) |> dense(3)
              output p = softmax(tags)
              loss cross_entropy(tags, tag)
            }
            """),
        new OpenCase(
            "a label at a time that nobody knows",
            """
            network Tested {
              input  x: [*, 3]
              target word: [1] class(4)
              z = dense(x, 4)
              output p = softmax(z)
              loss ctc(z, word)
            }
            """),
        loss("mse(p, y)"),
        loss("mae(p, y) + huber(p, y)"),
        loss("sum((p - y) ^ 2)"),
        loss("binary_cross_entropy(p, sigmoid(y))"));
  }

  private static OpenCase loss(String loss) {
    String text =
        """
        network Tested {
          input  x: [*, 3]
          target y: [*, 2]
          output p = x |> lstm(4) |> dense(2)
          loss %s
        }
        """;
    return new OpenCase("loss " + loss, text.formatted(loss));
  }

  private static OpenCase output(String output) {
    return declared(output, "", output);
  }

  /** An output that mentions the length of the sequence. */
  private static OpenCase output(String output, String length) {
    String layer = "layer whole(x: [%s, n]) {\n  y = %s\n  return y\n}\n".formatted(length, output);
    return declared(output, layer, "whole(x)");
  }

  private static OpenCase declared(String name, String declarations, String output) {
    String text =
        """
        %s
        network Tested {
          input x: [*, 3]
          output p = %s
          loss mean((p - 0.3) ^ 2)
        }
        """;
    return new OpenCase(name, text.formatted(declarations, output));
  }

  @Override
  public String toString() {
    return name;
  }
}
