package dev.peephole.proof;

import dev.peephole.proof.RandomBody.Right;
import dev.peephole.proof.RandomBody.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random equations with windows over one axis or two, and the layers that are made of them. */
final class RandomWindows {
  private final RandomBody body;

  RandomWindows(RandomBody body) {
    this.body = body;
  }

  /** How windows over an axis lie: what the functions of the language are told. */
  private record Lie(int size, int stride, int dilation) {
    int windows(int length) {
      return (length - dilation * (size - 1) - 1) / stride + 1;
    }
  }

  private Lie lie(int length) {
    int size = 1 + body.random.nextInt(Math.min(3, length));
    int widest = size == 1 ? 2 : Math.min(2, (length - 1) / (size - 1));
    return new Lie(size, 1 + body.random.nextInt(2), 1 + body.random.nextInt(widest));
  }

  Optional<Right> windows() {
    return body.among(v -> v.rank() >= 1 && v.rank() <= 3)
        .map(
            v -> {
              List<Lie> lies = lies(v);
              List<Integer> shape = new ArrayList<>();
              for (int i = 0; i < lies.size(); i++) {
                shape.add(lies.get(i).windows(v.shape().get(i)));
              }
              lies.forEach(lie -> shape.add(lie.size));
              shape.addAll(v.shape().subList(lies.size(), v.rank()));
              String text =
                  "windows(%s, %s, %s, %s)"
                      .formatted(
                          v.name(),
                          lies.stream().map(Lie::size).toList(),
                          lies.stream().map(Lie::stride).toList(),
                          lies.stream().map(Lie::dilation).toList());
              return new Right(text, shape);
            });
  }

  private List<Lie> lies(Value v) {
    int axes = 1 + body.random.nextInt(Math.min(2, v.rank()));
    return v.shape().subList(0, axes).stream().map(this::lie).toList();
  }

  Optional<Right> overlapped() {
    return body.any(2)
        .map(
            v -> {
              int stride = 1 + body.random.nextInt(3);
              int dilation = 1 + body.random.nextInt(2);
              List<Integer> shape = new ArrayList<>(v.shape());
              int size = shape.remove(1);
              shape.set(0, stride * (shape.get(0) - 1) + dilation * (size - 1) + 1);
              String text = "overlap_add(%s, [%s], [%s])".formatted(v.name(), stride, dilation);
              return new Right(text, shape);
            });
  }

  Optional<Right> pooled() {
    return body.among(v -> v.rank() == 3)
        .map(
            v -> {
              int size = 1 + body.random.nextInt(2);
              int stride = 1 + body.random.nextInt(2);
              String kind = body.random.nextBoolean() ? "max_pool" : "avg_pool";
              String text = "%s(%s, %s, stride: %s)".formatted(kind, v.name(), size, stride);
              Lie lie = new Lie(size, stride, 1);
              return new Right(
                  text,
                  List.of(lie.windows(v.shape().get(0)), lie.windows(v.shape().get(1)), v.last()));
            });
  }

  Optional<Right> convolved() {
    return body.among(v -> v.rank() == 3)
        .map(
            v -> {
              int kernel = 1 + body.random.nextInt(3);
              int filters = 1 + body.random.nextInt(3);
              String text =
                  "conv2d(%s, %s, kernel: %s, padding: same)".formatted(v.name(), filters, kernel);
              return new Right(text, v.withLast(filters));
            });
  }
}
