package dev.peephole.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.peephole.ir.Index;
import dev.peephole.ir.Program.Optimizer;
import dev.peephole.ir.Scalar;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.kernel.Kernel.Statement;
import dev.peephole.kernel.Loads;
import dev.peephole.kernel.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes the optimizer as a method that moves one parameter in place. */
final class OptimizerMethod implements ScalarCode.Places {
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final Precision precision;
  private final Identifiers identifiers = new Identifiers();
  private final ScalarCode scalars;
  private final Map<Var, Var> before = new HashMap<>();
  private final CodeBlock.Builder code = CodeBlock.builder();

  OptimizerMethod(
      Optimizer optimizer, Schedule schedule, Precision precision, Constants constants) {
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.precision = precision;
    identifiers.reserve("n");
    constantsReserved(constants);
    this.scalars = new ScalarCode(this, precision, identifiers, constants::name);
  }

  private void constantsReserved(Constants constants) {
    for (Kernel kernel : schedule.kernels()) {
      if (kernel instanceof Kernel.Loop loop) {
        loop.body().forEach(s -> reserveConstants(s.value(), constants));
      }
    }
  }

  private void reserveConstants(Scalar scalar, Constants constants) {
    if (scalar instanceof Scalar.Number number && !number.name().isEmpty()) {
      identifiers.reserve(constants.name(number.name(), number.value()));
    } else if (scalar instanceof Scalar.Apply apply) {
      apply.inputs().forEach(s -> reserveConstants(s, constants));
    }
  }

  /** The functions of the runtime that the method calls. */
  Set<String> functions() {
    return scalars.functions();
  }

  MethodSpec method(String name) {
    List<Var> inputs = optimizer.step().inputs();
    List<Var> moving = new ArrayList<>(List.of(inputs.get(0)));
    moving.addAll(inputs.subList(3, inputs.size()));
    inputs.forEach(identifiers::of);
    for (int i = 0; i < moving.size(); i++) {
      before.put(schedule.outputs().get(i), moving.get(i));
    }
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    if (!optimizer.doc().isEmpty()) {
      method.addJavadoc("$L", Commented.text(optimizer.doc()));
    }
    method.addParameter(precision.arrayType(), identifiers.of(inputs.get(0)));
    method.addParameter(precision.arrayType(), identifiers.of(inputs.get(1)));
    for (Var state : inputs.subList(3, inputs.size())) {
      method.addParameter(precision.arrayType(), identifiers.of(state));
    }
    method.addParameter(precision.type(), identifiers.of(inputs.get(2)));
    schedule.kernels().forEach(k -> kernel((Kernel.Loop) k));
    return method.addCode(code.build()).build();
  }

  private void kernel(Kernel.Loop loop) {
    if (loop.domain().rank() == 0) {
      loop.formulas().forEach(f -> code.add("// $L\n", f));
      for (Statement s : loop.body()) {
        code.addStatement(
            "$T $L = $L", precision.type(), identifiers.of(s.out()), scalars.real(s.value()));
      }
      return;
    }
    String parameter = identifiers.of(optimizer.step().inputs().get(0));
    loop.body().forEach(s -> identifiers.position(0));
    String k = positionOf(loop);
    loop.formulas().forEach(f -> code.add("// $L\n", f));
    code.beginControlFlow("for (int $1L = 0; $1L < $2L.length; $1L++)", k, parameter);
    CodeBlock.Builder after = CodeBlock.builder();
    for (int i = 0; i < loop.body().size(); i++) {
      statement(loop, i, after);
    }
    code.add(after.build());
    code.endControlFlow();
  }

  private String positionOf(Kernel.Loop loop) {
    for (Statement s : loop.body()) {
      if (!before.containsKey(s.out())) {
        identifiers.of(s.out());
      }
    }
    scalars.flat(true);
    return identifiers.flatPosition();
  }

  /** A value that comes after one of the same name goes into its place as soon as it may. */
  private void statement(Kernel.Loop loop, int index, CodeBlock.Builder after) {
    Statement s = loop.body().get(index);
    String value = scalars.real(s.value());
    Var old = before.get(s.out());
    if (old == null) {
      code.addStatement("$T $L = $L", precision.type(), identifiers.of(s.out()), value);
      return;
    }
    List<Index> here = Kernel.positions(Shape.of(Shape.BATCH));
    boolean stillRead =
        loop.body().subList(index + 1, loop.body().size()).stream()
            .anyMatch(l -> Loads.of(l.value()).stream().anyMatch(load -> load.var() == old));
    if (stillRead) {
      String next = identifiers.fresh(identifiers.of(old) + "Next");
      identifiers.share(s.out(), next);
      code.addStatement("$T $L = $L", precision.type(), next, value);
      after.addStatement("$L = $L", scalars.element(old, here), next);
      waiting.put(s.out(), next);
    } else {
      identifiers.share(s.out(), identifiers.of(old));
      code.addStatement("$L = $L", scalars.element(old, here), Wrapped.code(value));
    }
  }

  private final Map<Var, String> waiting = new HashMap<>();

  @Override
  public String variable(Var var) {
    return identifiers.of(var);
  }

  @Override
  public boolean isArray(Var var) {
    boolean input = optimizer.step().inputs().contains(var) && var.shape().batched();
    return input || before.containsKey(var) && !waiting.containsKey(var);
  }
}
