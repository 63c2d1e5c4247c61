package dev.peephole.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Element;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Program;
import dev.peephole.ir.Role;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Style;
import dev.peephole.op.Draw;
import dev.peephole.op.Draw.Moment;
import dev.peephole.op.JoinShares;
import dev.peephole.op.Matmul;
import dev.peephole.op.Matmul.Form;
import dev.peephole.op.OpCase;
import dev.peephole.op.OpCases;
import dev.peephole.op.Orthonormal;
import dev.peephole.op.OverlapAdd;
import dev.peephole.op.WindowMatmul;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.runtime.kernel.Mode;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel that is written for each op computes what the reference does. */
class OpsOnDeviceTest {
  /** OpenCL allows its functions up to 16 units in the last place. */
  private static final double BOUND = 3e-6;

  /** The same for products, beside sums of dozens of numbers. */
  private static final double PRODUCT_BOUND = 3e-5;

  private static final int SEED = 19;
  private static final Mode STEP = new Mode(-4_000_000_007L, 3);
  private static final List<OpCase> CASES =
      Stream.concat(OpCases.all().stream(), products())
          .filter(c -> !(c.op() instanceof Orthonormal || c.op().timed()))
          .filter(c -> !(c.op() instanceof JoinShares))
          .filter(c -> !(c.op() instanceof WindowMatmul || c.op() instanceof OverlapAdd))
          .filter(c -> !(c.op() instanceof Draw draw && draw.moment() == Moment.FIRST))
          .toList();

  /** Products of every sort of tile, whose sizes no tile divides. */
  private static Stream<OpCase> products() {
    return Stream.of(
        product(Form.PLAIN, 70, 35, 67),
        product(Form.LEFT_TRANSPOSED, 70, 35, 67),
        product(Form.RIGHT_TRANSPOSED, 70, 35, 67),
        product(Form.PLAIN, 1, 50, 266),
        product(Form.RIGHT_TRANSPOSED, 1, 50, 266),
        product(Form.PLAIN, 270, 50, 1),
        product(Form.LEFT_TRANSPOSED, 270, 50, 1),
        product(Form.PLAIN, 66, 18, 10),
        product(Form.LEFT_TRANSPOSED, 7, 90, 9),
        product(Form.PLAIN, 513, 18, 514),
        product(Form.PLAIN, 1, 20, 17, 21),
        product(Form.LEFT_TRANSPOSED, 1, 20, 17, 21),
        product(Form.RIGHT_TRANSPOSED, 1, 20, 17, 21));
  }

  private static OpCase product(Form form, int rows, int inner, int columns) {
    return product(form, 0, rows, inner, columns);
  }

  /**
   * @param shared how many axes go through several products, the first of them the batch
   */
  private static OpCase product(Form form, int shared, int rows, int inner, int columns) {
    boolean left = form == Form.LEFT_TRANSPOSED;
    boolean right = form == Form.RIGHT_TRANSPOSED;
    List<Shape> shapes =
        List.of(
            left ? Shape.of(inner, rows) : Shape.of(rows, inner),
            right ? Shape.of(columns, inner) : Shape.of(inner, columns),
            Shape.of(rows, columns));
    List<Type> types =
        shapes.stream().map(s -> Type.real(shared == 0 ? s : s.perExample())).toList();
    return OpCase.of(new Matmul(form, shared), types.get(2).toString(), types.get(0), types.get(1));
  }

  private static DeviceModel model;

  /** One program with all of them, because drivers take their time to build each. */
  @BeforeAll
  static void compute() {
    List<Program> programs = CASES.stream().map(OpCase::program).toList();
    Var lengths = Var.of("lengths", Type.lengths());
    List<Var> inputs = new ArrayList<>();
    List<Equation> equations = new ArrayList<>();
    List<Var> outputs = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    double[] steps = {};
    for (int i = 0; i < programs.size(); i++) {
      List<Var> vars = programs.get(i).step().inputs();
      for (int k = 0; k < vars.size(); k++) {
        double[] drawn = CASES.get(i).draw(SEED).get(k);
        if (vars.get(k).element() == Element.COUNT) {
          steps = drawn;
        } else {
          inputs.add(vars.get(k));
          values.add(drawn);
        }
      }
      programs.get(i).step().equations().stream()
          .map(e -> withLengths(e, lengths))
          .forEach(equations::add);
      outputs.add(programs.get(i).outputs().get(0));
    }
    values.add(steps);
    Function together =
        Function.of(
            "Ops",
            Map.of(Role.INPUT, inputs, Role.LENGTHS, List.of(lengths)),
            equations,
            Map.of(Role.OUTPUT, outputs, Role.LOSS, List.of(programs.get(0).loss())));
    Program.Heading heading = new Program.Heading("Ops", List.of(), programs.get(0).file());
    Program all = Program.of(heading, List.of(), together);
    model = (DeviceModel) OnDevice.model(all, Style.FAST);
    Results.set(model, all, new Point(OpCase.BATCH, values));
    model.mode().copyFrom(STEP);
    model.predict(OpCase.BATCH);
  }

  private static Equation withLengths(Equation e, Var lengths) {
    List<Var> inputs =
        e.inputs().stream().map(v -> v.element() == Element.COUNT ? lengths : v).toList();
    return new Equation(e.outs(), e.op(), inputs, e.origin());
  }

  static IntStream numbers() {
    return IntStream.range(0, CASES.size());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void computesTheSame(int number) {
    OpCase tested = CASES.get(number);
    double[] expected =
        new Interpreter(OpCase.BATCH, STEP).run(tested.program().step(), tested.draw(SEED)).get(0);
    assertThat(Results.numbers(model.outputs().get(number), expected.length))
        .as("%s", tested)
        .containsExactly(expected, within(tested.op() instanceof Matmul ? PRODUCT_BOUND : BOUND));
  }

  @Test
  void nothingIsWrittenBeyondAValue() {
    model.checkGuards();
  }
}
