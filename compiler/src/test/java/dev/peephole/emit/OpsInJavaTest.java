package dev.peephole.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Element;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Var;
import dev.peephole.op.Broadcast;
import dev.peephole.op.Constant;
import dev.peephole.op.Draw;
import dev.peephole.op.Elementwise;
import dev.peephole.op.OpCase;
import dev.peephole.op.OpCases;
import dev.peephole.op.Orthonormal;
import dev.peephole.op.Sum;
import dev.peephole.proof.Generated;
import dev.peephole.proof.Generated.Variant;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.runtime.Model;
import dev.peephole.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that is written for each op computes what the reference does. */
class OpsInJavaTest {
  private static final List<OpCase> CASES =
      OpCases.all().stream()
          .filter(c -> !(c.op() instanceof Draw || c.op() instanceof Orthonormal))
          .filter(c -> !c.op().timed())
          .toList();

  private static List<Map<Variant, Model>> models;

  @BeforeAll
  static void compile() {
    models = Generated.models(CASES.stream().map(OpsInJavaTest::program).toList(), Variant.all());
  }

  static IntStream numbers() {
    return IntStream.range(0, CASES.size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesTheSame(int number) {
    OpCase tested = CASES.get(number);
    Program program = program(tested);
    Point point = new Point(OpCase.BATCH, tested.draw(19));
    double[] expected = new Interpreter(OpCase.BATCH, 0).run(program.step(), point.values()).get(0);
    models
        .get(number)
        .forEach(
            (variant, model) -> {
              Results.set(model, program, point);
              model.predict(OpCase.BATCH);
              double[] found = Results.numbers(model.outputs().get(0), expected.length);
              double allowed =
                  variant == Variant.FAST || variant == Variant.TEXTBOOK ? 1e-14 : 3e-6;
              assertThat(found)
                  .as("%s, %s", tested, variant)
                  .containsExactly(expected, within(allowed));
            });
  }

  /** A program with the op's value as its output and no parameters; truth is a number > 0. */
  private static Program program(OpCase tested) {
    Builder builder = new Builder();
    List<Var> inputs =
        tested.vars().stream().map(v -> truth(v) ? Var.real(v.name(), v.shape()) : v).toList();
    List<Var> operands = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Var input = inputs.get(i);
      boolean asked = truth(tested.vars().get(i));
      operands.add(
          asked ? builder.apply(Elementwise.GREATER, input, broadcast(builder, 0, input)) : input);
    }
    Var y = builder.named("y", tested.op(), operands);
    if (truth(y)) {
      Var one = broadcast(builder, 1, y);
      y = builder.named("number", Elementwise.WHERE, List.of(y, one, broadcast(builder, 0, y)));
    }
    List<Integer> axes = IntStream.range(0, y.shape().rank()).boxed().toList();
    Var loss = builder.named("loss", new Sum(axes), List.of(y));
    Function step = new Function("Op", inputs, builder.equations(), List.of(y, loss));
    return new Program(
        "Op",
        List.of(),
        new SourceFile("op.nn", ""),
        (int) inputs.stream().filter(v -> v.element() != Element.COUNT).count(),
        0,
        1,
        new ArrayList<>(),
        step,
        Optional.empty(),
        0);
  }

  private static boolean truth(Var var) {
    return var.element() == Element.TRUTH;
  }

  private static Var broadcast(Builder builder, double value, Var like) {
    return Broadcast.lead(builder, builder.apply(new Constant(value, "")), like.shape());
  }
}
