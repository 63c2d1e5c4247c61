package dev.peephole.proof;

import java.util.List;

/** Every function, layer and loss of the library; a test compares this list with the library. */
final class LibraryCases {
  private LibraryCases() {}

  static List<LibraryCase> all() {
    return List.of(
        LibraryCase.of("mean(x)", "[]", "x: [2, 4]"),
        LibraryCase.of("mean(x, [0, -1])", "[4]", "x: [2, 4, 3]"),
        LibraryCase.of("var(x)", "[]", "x: [2, 4]"),
        LibraryCase.of("var(x, 1)", "[2, 3]", "x: [2, 4, 3]"),
        LibraryCase.of("std(x, [0, 2])", "[4]", "x: [2, 4, 3]"),
        LibraryCase.of("norm(x)", "[]", "x: [2, 4]"),
        LibraryCase.of("norm(x, 0)", "[4]", "x: [2, 4]"),
        LibraryCase.of("norm(x - y)", "[]", "x: [4]", "y: [4]"),
        LibraryCase.of("flatten(x)", "[8]", "x: [2, 4]"),
        LibraryCase.of("relu(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("leaky_relu(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("leaky_relu(x, slope: 0.3)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("prelu(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("elu(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("elu(x, alpha: 0.4)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("softplus(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("swish(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("gelu(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("softmax(x)", "[4]", "x: [4]"),
        LibraryCase.of("softmax(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("log_softmax(x)", "[4]", "x: [4]"),
        LibraryCase.of("log_softmax(x)", "[3, 2, 4]", "x: [3, 2, 4]"),
        LibraryCase.of("mse(x, y)", "[]", "x: [4]", "y: [4]"),
        LibraryCase.of("mae(x, y)", "[]", "x: [4]", "y: [4]"),
        LibraryCase.of("huber(x, y)", "[]", "x: [9]", "y: [9]"),
        LibraryCase.of("huber(x, y, delta: 0.3)", "[]", "x: [9]", "y: [9]"),
        LibraryCase.of("cross_entropy(x, label)", "[]", "x: [4]"),
        LibraryCase.of("binary_cross_entropy(x, y)", "[]", "x: [4]", "y: [4]"),
        LibraryCase.of("binary_cross_entropy_of_probabilities(x, y)", "[]", "x: [4]", "y: [4]")
            .between(0.05, 0.95),
        LibraryCase.of("dense(x, 3)", "[3]", "x: [4]"),
        LibraryCase.of("dense(x, units: 3, init: orthogonal)", "[2, 3]", "x: [2, 4]"),
        LibraryCase.of("conv2d(x, 3, kernel: 2)", "[3, 4, 3]", "x: [4, 5, 2]"),
        LibraryCase.of("conv2d(x, 2, 3, padding: same)", "[4, 5, 2]", "x: [4, 5, 2]"),
        LibraryCase.of("conv2d(x, 2, 2, stride: 2, padding: same)", "[2, 3, 2]", "x: [4, 5, 1]"),
        LibraryCase.of("conv2d(x, 2, 2, stride: 2, padding: 1)", "[3, 3, 2]", "x: [4, 5, 1]"),
        LibraryCase.of("conv2d(x, 2, 2, dilation: 2)", "[3, 2, 3, 2]", "x: [3, 4, 5, 1]"),
        LibraryCase.of("conv2d(x, 4, 2, groups: 2)", "[3, 4, 4]", "x: [4, 5, 2]"),
        LibraryCase.of("conv1d(x, 3, kernel: 3)", "[3, 3]", "x: [5, 2]"),
        LibraryCase.of("conv1d(x, 3, 2, padding: same)", "[2, 5, 3]", "x: [2, 5, 2]"),
        LibraryCase.of("conv2d_transposed(x, 2, kernel: 2)", "[3, 4, 2]", "x: [2, 3, 2]"),
        LibraryCase.of(
            "conv2d_transposed(x, 2, 3, stride: 2, padding: 1)", "[3, 5, 2]", "x: [2, 3, 1]"),
        LibraryCase.of("max_pool(x, 2)", "[2, 2, 3]", "x: [4, 5, 3]"),
        LibraryCase.of("max_pool(x, 3, stride: 1)", "[2, 3, 1]", "x: [4, 5, 1]"),
        LibraryCase.of("avg_pool(x, 2)", "[2, 2, 3]", "x: [4, 5, 3]"),
        LibraryCase.of("avg_pool(x, 3, stride: 2)", "[1, 2, 2]", "x: [4, 5, 2]"),
        LibraryCase.of("global_max_pool(x)", "[3]", "x: [2, 4, 3]"),
        LibraryCase.of("global_avg_pool(x)", "[3]", "x: [2, 4, 3]"),
        LibraryCase.of("dropout(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("x * dropout_mask(x, rate: 0.2)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("gaussian_noise(x)", "[2, 4]", "x: [2, 4]"),
        LibraryCase.of("embedding(label, 3) * x", "[3]", "x: [3]"),
        LibraryCase.of("l1(x)", "[]", "x: [2, 4]"),
        LibraryCase.of("l2(x, strength: 0.3)", "[]", "x: [2, 4]"),
        LibraryCase.of("last(x)", "[4]", "x: [5, 4]"),
        LibraryCase.of("rnn(x, 3)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("rnn(x, 3, direction: backward)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("lstm(x, 3)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("lstm(x, 3, peepholes: true)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("lstm(x, 3)", "[2, 4, 3]", "x: [2, 4, 2]"),
        LibraryCase.of("sequence_dropout(x)", "[5, 2]", "x: [5, 2]"),
        LibraryCase.of("zone_out(x, y)", "[2, 4]", "x: [2, 4]", "y: [2, 4]"),
        LibraryCase.of("lstm(x, 3, coupled: true)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("lstm(x, 3, forget: false)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("lstm(x, 3, true, true, dropout: 0.2)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of(
            "lstm(x, 3, peepholes: true, forget: false, zoneout: 0.2)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("rnn(x, 3, dropout: 0.3, zoneout: 0.2)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("gru(x, 3, dropout: 0.3, zoneout: 0.2)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("gru(x, 3)", "[5, 3]", "x: [5, 2]"),
        LibraryCase.of("bidirectional(x, lstm, 2)", "[5, 4]", "x: [5, 2]"));
  }
}
