package dev.peephole.pass.differentiate;

import dev.peephole.ir.Builder;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Var;
import dev.peephole.op.Elementwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the inputs of a scan get, added up where one gets several shares. */
final class InputGradients {
  private final Builder outer;
  private final Map<Var, Var> sums = new LinkedHashMap<>();
  private final Map<Var, List<Origin>> shares = new HashMap<>();

  InputGradients(Builder outer) {
    this.outer = outer;
  }

  void add(Var input, Var gradient, Origin share) {
    List<Origin> all = shares.computeIfAbsent(input, v -> new ArrayList<>());
    all.add(share);
    outer.at(new Origin.Sum(all));
    sums.merge(input, gradient, (a, b) -> outer.apply(Elementwise.ADD, a, b));
  }

  /** The gradient of each input that has one. */
  Map<Var, Var> sums() {
    return sums;
  }
}
