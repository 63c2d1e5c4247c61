package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.peephole.emit.Captions;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.ScalarCode;
import dev.peephole.emit.TimeSteps;
import dev.peephole.ir.Index;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Writes kernels as Java statements, each under its equation. */
final class KernelCode {
  private final ScalarCode scalars;
  private final RoutineCode routines;
  private final Precision precision;
  private final Identifiers identifiers;
  private final Optional<VectorLoops> vectors;
  private final Set<String> arrayFunctions;

  /** Plain loops. */
  KernelCode(
      ScalarCode scalars, RoutineCode routines, Precision precision, Identifiers identifiers) {
    this(scalars, routines, precision, identifiers, Optional.empty(), new TreeSet<>());
  }

  private KernelCode(
      ScalarCode scalars,
      RoutineCode routines,
      Precision precision,
      Identifiers identifiers,
      Optional<VectorLoops> vectors,
      Set<String> arrayFunctions) {
    this.scalars = scalars;
    this.routines = routines;
    this.precision = precision;
    this.identifiers = identifiers;
    this.vectors = vectors;
    this.arrayFunctions = arrayFunctions;
  }

  /** The same, with vectors in front of the plain loops that they suit. */
  KernelCode with(VectorLoops loops) {
    return new KernelCode(
        scalars, routines, precision, identifiers, Optional.of(loops), arrayFunctions);
  }

  CodeBlock code(Kernel kernel) {
    CodeBlock.Builder code = CodeBlock.builder();
    comment(kernel, code);
    if (kernel instanceof Kernel.Loop loop) {
      loop(loop, code);
    } else if (kernel instanceof Kernel.Reduce reduce) {
      reduce(reduce, code);
    } else if (kernel instanceof Kernel.Call call) {
      code.add(routines.code(call.equation()));
    } else if (kernel instanceof Kernel.Recurrence recurrence) {
      recurrence(recurrence, code);
    }
    return code.build();
  }

  private void recurrence(Kernel.Recurrence recurrence, CodeBlock.Builder code) {
    Scan scan = recurrence.scan();
    String t = identifiers.local("t");
    code.add(routines.pack(recurrence));
    time(t);
    code.beginControlFlow("$L", TimeSteps.loop(scan, t));
    List<CodeBlock> steps = new ArrayList<>();
    if (scan.carried() > 0) {
      steps.add(carry(recurrence, t));
    }
    recurrence.body().stream()
        .filter(k -> !(k instanceof Kernel.Alias))
        .forEach(k -> steps.add(code(k)));
    code.add(CodeBlock.join(steps, "\n"));
    code.endControlFlow();
    time("");
  }

  private void time(String position) {
    scalars.time(position);
    vectors.ifPresent(v -> v.time(position));
  }

  /** The states of the step before, or the initial ones. */
  CodeBlock carry(Kernel.Recurrence recurrence, String t) {
    Scan scan = recurrence.scan();
    CodeBlock.Builder first = CodeBlock.builder();
    CodeBlock.Builder later = CodeBlock.builder();
    for (int k = 0; k < scan.carried(); k++) {
      Var before = scan.before().get(k);
      String size = Extents.numbers(before.shape());
      String to = identifiers.of(before);
      String states = identifiers.of(recurrence.equation().outs().get(k));
      String place = scalars.start(before);
      boolean atZero = scan.piece() == 0 && !scan.reversed();
      first.add(begin(recurrence.first().get(k), t, to, atZero ? "0" : place, size));
      later.addStatement(
          "$T.arraycopy($L, ($L) * $L, $L, $L, $L)",
          System.class,
          states,
          TimeSteps.before(scan, t),
          size,
          to,
          place,
          size);
    }
    if (scan.piece() == 1) {
      return first.build();
    }
    return CodeBlock.builder()
        .beginControlFlow("if ($L)", TimeSteps.begins(scan, t))
        .add(first.build())
        .nextControlFlow("else")
        .add(later.build())
        .endControlFlow()
        .build();
  }

  /** Writes what a state begins with, a buffer or a number in all places, to its own buffer. */
  private CodeBlock begin(Scalar first, String t, String to, String place, String size) {
    if (first instanceof Scalar.Load load) {
      return CodeBlock.of(
          "$T.arraycopy($L, 0, $L, $L, $L);\n",
          System.class,
          identifiers.of(load.var()),
          to,
          place,
          size);
    }
    String end = place.equals("0") ? size : "(" + t + " + 1) * " + size;
    return CodeBlock.of(
        "$T.fill($L, $L, $L, $L);\n", Arrays.class, to, place, end, scalars.real(first));
  }

  /** The equations, and the line of the model beside the last. */
  static void comment(Kernel kernel, CodeBlock.Builder code) {
    Captions.of(kernel).forEach(line -> code.add("// $L\n", Commented.text(line)));
  }

  private void loop(Kernel.Loop loop, CodeBlock.Builder code) {
    if (fills(loop, code)) {
      return;
    }
    boolean flat = Extents.loopedOver(loop.domain()).size() > 1 && loop.isFlat();
    open(loop.domain(), flat, vectors.map(v -> v.start(loop)).orElse("0"), code);
    for (Statement statement : loop.body()) {
      String value = scalars.real(statement.value());
      if (statement.stored()) {
        String place = scalars.element(statement.out(), statement.at());
        code.addStatement("$L =$W$L", place, Wrapped.code(value));
      } else {
        code.addStatement(
            "$T $L = $L", precision.type(), identifiers.of(statement.out()), Wrapped.code(value));
      }
    }
    close(loop.domain(), flat, code);
    loop.function().ifPresent(op -> function((Elementwise) op, loop.last().out(), code));
  }

  /** A function of all numbers of an array, in their places. */
  private void function(Elementwise op, Var var, CodeBlock.Builder code) {
    String name = op.code().function();
    arrayFunctions.add(name);
    code.addStatement(
        "$L($L, $L, $L)",
        name,
        identifiers.of(var),
        scalars.start(var),
        Extents.numbers(var.shape()));
  }

  /** The functions of {@code ArrayMath} that the code calls. */
  Set<String> arrayFunctions() {
    return arrayFunctions;
  }

  /** A loop that writes one constant everywhere. */
  private boolean fills(Kernel.Loop loop, CodeBlock.Builder code) {
    Statement only = loop.body().get(0);
    if (loop.body().size() > 1
        || loop.function().isPresent()
        || !only.stored()
        || !only.out().shape().equals(loop.domain())
        || loop.domain().rank() == 0
        || loop.domain().batched()
        || loop.domain().open()
        || !(only.value() instanceof Scalar.Number number)) {
      return false;
    }
    code.addStatement(
        "$T.fill($L, $L)", Arrays.class, identifiers.of(only.out()), scalars.real(number));
    return true;
  }

  /**
   * @param start where the innermost position begins
   */
  private void open(Shape domain, boolean flat, String start, CodeBlock.Builder code) {
    scalars.flat(flat);
    if (flat) {
      String k = identifiers.flatPosition();
      code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", k, Extents.numbers(domain));
      return;
    }
    List<Integer> axes = Extents.loopedOver(domain);
    for (int i = 0; i < axes.size(); i++) {
      openAxis(domain, axes.get(i), i == axes.size() - 1 ? start : "0", code);
    }
  }

  private void openAxis(Shape domain, int axis, String start, CodeBlock.Builder code) {
    String position = identifiers.position(axis);
    String length = Extents.length(domain.axis(axis));
    code.beginControlFlow("for (int $1L = $2L; $1L < $3L; $1L++)", position, start, length);
  }

  private void close(Shape domain, boolean flat, CodeBlock.Builder code) {
    int loops = flat ? 1 : Extents.loopedOver(domain).size();
    IntStream.range(0, loops).forEach(i -> code.endControlFlow());
    scalars.flat(false);
  }

  private void reduce(Kernel.Reduce reduce, CodeBlock.Builder code) {
    List<Integer> kept = reduce.domain().others(reduce.op().axes());
    boolean outerFirst =
        !kept.isEmpty()
            && reduce.op().axes().stream().allMatch(a -> a < kept.get(0))
            && reduce.finish() == Kernel.Reduce.JOINED;
    if (outerFirst) {
      reduceInPlace(reduce, kept, code);
    } else {
      reduceEach(reduce, kept, code);
    }
  }

  /** Goes through the domain once, and joins each number with what is there already. */
  private void reduceInPlace(Kernel.Reduce reduce, List<Integer> kept, CodeBlock.Builder code) {
    String start = precision.literal(reduce.op().start());
    code.addStatement("$T.fill($L, $L)", Arrays.class, identifiers.of(reduce.out()), start);
    List<Index> at = kept.stream().map(a -> Kernel.position(reduce.domain(), a)).toList();
    open(reduce.domain(), false, vectors.map(v -> v.start(reduce, at)).orElse("0"), code);
    join(reduce, scalars.element(reduce.out(), at), code);
    close(reduce.domain(), false, code);
  }

  /** For each place that is kept, joins the numbers in a variable; a single one in its own. */
  private void reduceEach(Kernel.Reduce reduce, List<Integer> kept, CodeBlock.Builder code) {
    List<Integer> looped = Extents.loopedOver(reduce.domain());
    List<Integer> outer = kept.stream().filter(looped::contains).toList();
    List<Integer> inner = reduce.op().axes().stream().filter(looped::contains).toList();
    List<Index> at = kept.stream().map(a -> Kernel.position(reduce.domain(), a)).toList();
    String out = scalars.element(reduce.out(), at);
    String start = precision.literal(reduce.op().start());
    String joined = outer.isEmpty() ? out : identifiers.local(reduce.op().hint(List.of()));
    outer.forEach(axis -> openAxis(reduce.domain(), axis, "0", code));
    if (outer.isEmpty()) {
      code.addStatement("$L = $L", out, start);
    } else {
      code.addStatement("$T $L = $L", precision.type(), joined, start);
    }
    inner.forEach(axis -> openAxis(reduce.domain(), axis, "0", code));
    join(reduce, joined, code);
    inner.forEach(axis -> code.endControlFlow());
    scalars.joined(joined);
    scalars.renumber(kept);
    String finished = scalars.text(reduce.finish());
    scalars.renumber(List.of());
    if (!finished.equals(out)) {
      code.addStatement("$L = $L", out, finished);
    }
    outer.forEach(axis -> code.endControlFlow());
  }

  private void join(Kernel.Reduce reduce, String sofar, CodeBlock.Builder code) {
    String next = scalars.text(reduce.value());
    if (reduce.op() instanceof Sum) {
      code.addStatement("$L += $L", sofar, Wrapped.code(next));
      return;
    }
    scalars.joined(sofar);
    Scalar both = reduce.op().join(Kernel.Reduce.JOINED, reduce.value());
    code.addStatement("$L = $L", sofar, scalars.text(both));
  }
}
