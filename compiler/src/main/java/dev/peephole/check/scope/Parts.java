package dev.peephole.check.scope;

import dev.peephole.check.value.Arithmetic;
import dev.peephole.check.value.Value;
import dev.peephole.ir.Shape;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.op.Concat;
import java.util.List;

/** What stands behind each other: values along an axis, and lists. */
final class Parts {
  private Parts() {}

  /** Values side by side along the last axis, or along the one that stands behind them. */
  static Value concat(Arithmetic arithmetic, List<Value> arguments) {
    if (arguments.stream().allMatch(Value.Numbers.class::isInstance)) {
      return new Value.Numbers(
          arguments.stream().flatMap(v -> ((Value.Numbers) v).values().stream()).toList());
    }
    int last = arguments.size() - 1;
    boolean named = arguments.get(last) instanceof Value.Number number && number.integer();
    List<Value.Tensor> parts =
        arithmetic.sameHidden(named ? arguments.subList(0, last) : arguments);
    Value.Tensor first = parts.get(0);
    if (parts.stream().anyMatch(t -> t.rank() == 0)) {
      throw new TypeMismatch("a scalar cannot be concatenated", "it has no axis to stand along");
    }
    if (parts.stream().anyMatch(t -> t.rank() != first.rank())) {
      Shape other =
          parts.stream()
              .map(Value.Tensor::shape)
              .filter(s -> s.rank() != first.rank())
              .findFirst()
              .orElseThrow();
      throw new TypeMismatch(
          first.shape() + " and " + other + " cannot stand side by side",
          "they must have as many axes");
    }
    int axis = named ? OverAxes.seen(first, arguments.get(last)) : first.var().shape().rank() - 1;
    return parts.size() == 1 ? first : arithmetic.apply(new Concat(axis), parts);
  }
}
