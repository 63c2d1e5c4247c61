package dev.peephole.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.ir.Formula;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Loads;
import dev.peephole.op.Elementwise;
import dev.peephole.runtime.kernel.VectorApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the statements of one loop along rows for a vector of numbers. */
final class VectorBody {
  static final ClassName VECTOR = ClassName.get(VectorApi.MODULE, "FloatVector");

  private final Shape domain;
  private final Identifiers identifiers;
  private final ScalarCode scalars;
  private final Set<String> functions;
  private final Map<Scalar.Load, String> named = new HashMap<>();
  private final CodeBlock.Builder code = CodeBlock.builder();

  /**
   * @param scalars writes numbers of the model, and where they are
   * @param functions is given the names of those that the code calls
   */
  VectorBody(Shape domain, Identifiers identifiers, ScalarCode scalars, Set<String> functions) {
    this.domain = domain;
    this.identifiers = identifiers;
    this.scalars = scalars;
    this.functions = functions;
  }

  /** The statements of a loop. */
  CodeBlock of(List<Statement> body) {
    List<Scalar.Load> loads = new ArrayList<>();
    body.forEach(s -> loads.addAll(Loads.of(s.value())));
    for (int i = 0; i < body.size(); i++) {
      Statement s = body.get(i);
      Loads.of(s.value()).stream()
          .filter(load -> vary(load) && isReadAgain(load, loads))
          .forEach(this::name);
      statement(s, body.subList(i + 1, body.size()));
    }
    return code.build();
  }

  /** A sum over the outer axes, along whose rows it is built up. */
  CodeBlock sum(Kernel.Reduce reduce, List<Index> at) {
    Scalar.Load sofar = new Scalar.Load(reduce.out(), at);
    add(read(sofar) + ".add(" + text(reduce.value()) + ")" + store(sofar));
    return code.build();
  }

  private boolean isReadAgain(Scalar.Load load, List<Scalar.Load> all) {
    return all.stream().filter(load::equals).count() > 1;
  }

  /** Reads a vector once, under the name of its array if that is free. */
  private void name(Scalar.Load load) {
    String name = identifiers.of(load.var());
    if (!named.containsKey(load) && !named.containsValue(name)) {
      declare(name, read(load));
      named.put(load, name);
    }
  }

  private void statement(Statement s, List<Statement> below) {
    String value = vector(s.value());
    named.remove(s.load());
    if (below.stream().anyMatch(later -> Loads.of(later.value()).contains(s.load()))) {
      String name = s.isPart() ? identifiers.local(s.name()) : identifiers.of(s.out());
      if (!named.containsValue(name)) {
        declare(name, value);
        named.put(s.load(), name);
        value = name;
      }
    }
    if (s.stored()) {
      add(value + store(s.load()));
    }
  }

  private void declare(String name, String value) {
    code.add("$T $L = ", VECTOR, name).add(Wrapped.calls(value)).add(";\n");
  }

  private void add(String statement) {
    code.add(Wrapped.calls(statement)).add(";\n");
  }

  private String read(Scalar.Load load) {
    functions.add("fromArray");
    return "fromArray(SPECIES, " + place(load) + ")";
  }

  private String store(Scalar.Load load) {
    return ".intoArray(" + place(load) + ")";
  }

  private String place(Scalar.Load load) {
    return VectorLoops.field(identifiers.of(load.var()))
        + ", "
        + scalars.place(load.var(), load.at());
  }

  private boolean vary(Scalar scalar) {
    return Rows.vary(domain, scalar);
  }

  /** The expression, as a vector even if it is the same number all along a row. */
  private String vector(Scalar scalar) {
    if (vary(scalar)) {
      return text(scalar);
    }
    functions.add("broadcast");
    return "broadcast(SPECIES, " + scalars.real(scalar) + ")";
  }

  /** The expression: a vector, or a number that is the same all along a row. */
  private String text(Scalar scalar) {
    if (!vary(scalar)) {
      return scalars.real(scalar);
    }
    if (scalar instanceof Scalar.Load load) {
      String name = named.get(load);
      return name == null ? read(load) : name;
    }
    Scalar.Apply apply = (Scalar.Apply) scalar;
    Elementwise op = (Elementwise) apply.op();
    List<Scalar> inputs = apply.inputs();
    boolean numberFirst = !vary(inputs.get(0));
    if (numberFirst && (op == Elementwise.ADD || op == Elementwise.MULTIPLY)) {
      inputs = List.of(inputs.get(1), inputs.get(0));
    }
    List<Formula> written = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String text = i == 0 ? vector(inputs.get(i)) : text(inputs.get(i));
      written.add(Formula.atom(text, false));
    }
    return op.vectors().orElseThrow().write(written).text();
  }
}
