package dev.peephole.proof;

import dev.peephole.proof.RandomBody.Right;
import dev.peephole.proof.RandomBody.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Random equations that select, rearrange, multiply and reduce. */
final class RandomShapes {
  private final RandomBody body;

  RandomShapes(RandomBody body) {
    this.body = body;
  }

  Optional<Right> slice() {
    return body.among(v -> v.rank() > 0 && v.last() > 1)
        .map(
            v -> {
              int from = body.random.nextInt(v.last() - 1);
              int to = from + 1 + body.random.nextInt(v.last() - from);
              String range =
                  from == 0 ? ".." + to : to == v.last() ? from + ".." : from + ".." + to;
              return new Right(
                  v.name() + "[" + "..,".repeat(v.rank() - 1) + range + "]", v.withLast(to - from));
            });
  }

  Optional<Right> position() {
    return body.any(1)
        .map(
            v -> {
              int axis = body.random.nextInt(v.rank());
              List<Integer> shape = new ArrayList<>(v.shape());
              int place = body.random.nextInt(shape.remove(axis));
              return new Right(v.name() + "[" + "..,".repeat(axis) + place + "]", shape);
            });
  }

  Optional<Right> reshaped() {
    return body.any(1)
        .map(
            v -> {
              int size = v.shape().stream().reduce(1, (a, b) -> a * b);
              int rows = size % 2 == 0 ? 2 : 1;
              boolean flat = body.random.nextBoolean();
              return flat
                  ? new Right("flatten(" + v.name() + ")", List.of(size))
                  : new Right(
                      "reshape(%s, [%s, %s])".formatted(v.name(), rows, size / rows),
                      List.of(rows, size / rows));
            });
  }

  Optional<Right> concatenated() {
    Value a = body.anyValue();
    return body.among(v -> a.rank() > 0 && v.rank() == a.rank() && v.outer().equals(a.outer()))
        .map(
            b -> {
              body.use(a);
              return new Right(
                  "concat(%s, %s)".formatted(a.name(), b.name()), a.withLast(a.last() + b.last()));
            });
  }

  Optional<Right> transposed() {
    return body.any(2)
        .map(
            v -> {
              List<Integer> reversed = new ArrayList<>(v.shape());
              Collections.reverse(reversed);
              return new Right("transpose(%s)".formatted(v.name()), reversed);
            });
  }

  /** Numbers together with those on the other side of the diagonal. */
  Optional<Right> acrossDiagonal() {
    return body.among(v -> v.rank() == 2 && v.shape().get(0).equals(v.shape().get(1)))
        .map(
            v ->
                new Right(
                    "tanh(%s) - soften(%1$s) * transpose(tanh(%1$s))".formatted(v.name()),
                    v.shape()));
  }

  /** A product of two values that are computed, or of one with the transpose of another. */
  Optional<Right> product() {
    Value a = body.anyValue();
    return body.among(
            b ->
                a.rank() > 0
                    && b.rank() > 0
                    && b.rank() < 3
                    && b.shape().get(Math.max(0, b.rank() - 2)).equals(a.last()))
        .map(
            b -> {
              body.use(a);
              List<Integer> shape = new ArrayList<>(a.outer());
              if (b.rank() == 2) {
                shape.add(b.last());
              }
              return new Right("soften(%s @ %s)".formatted(a.name(), b.name()), shape);
            });
  }

  Optional<Right> reduction() {
    return body.any(1)
        .map(
            v -> {
              String[] all = {"sum(%s)", "max(%s)", "mean(%s)"};
              if (body.random.nextInt(3) == 0) {
                return new Right(
                    all[body.random.nextInt(all.length)].formatted(v.name()), List.of());
              }
              int axis = body.random.nextInt(v.rank());
              List<Integer> shape = new ArrayList<>(v.shape());
              shape.remove(axis);
              boolean fromEnd = body.random.nextBoolean();
              return new Right(
                  "sum(%s, %s)".formatted(v.name(), fromEnd ? axis - v.rank() : axis), shape);
            });
  }
}
