package dev.peephole.op;

import static dev.peephole.ir.Shape.BATCH;
import static dev.peephole.ir.Shape.OPEN;

import dev.peephole.ir.Element;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.op.Draw.Distribution;
import dev.peephole.op.Draw.Moment;
import dev.peephole.op.Matmul.Form;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** At least one case for every op; a test compares this list with the package. */
public final class OpCases {
  private static final Type ROW = Type.real(Shape.of(4));
  private static final Type TABLE = Type.real(Shape.of(2, 4));
  private static final Type ROWS = Type.real(Shape.of(BATCH, 4));
  private static final Type TABLES = Type.real(Shape.of(BATCH, 2, 4));
  private static final Type LABELS = new Type(Shape.of(BATCH), Element.LABEL, 4);
  private static final Type TABLE_LABELS = new Type(Shape.of(BATCH, 2), Element.LABEL, 4);

  private static final Type LENGTHS = Type.lengths();
  private static final Shape OPEN_ROWS = Shape.of(BATCH, OPEN, 2);

  private static final WindowGrid IMAGE =
      new WindowGrid(Shape.of(5, 4, 2), List.of(2, 3), List.of(2, 1), List.of(2, 1));
  private static final WindowGrid SERIES =
      new WindowGrid(Shape.of(7, 2), List.of(2), List.of(1), List.of(2));

  private OpCases() {}

  public static List<OpCase> all() {
    return Stream.of(
            elementwise(),
            shapes(),
            windows(),
            reductions(),
            products(),
            labels(),
            sequences(),
            sources())
        .flatMap(s -> s)
        .toList();
  }

  public static Stream<OpCase> elementwise() {
    return Stream.concat(
        Elementwise.all().stream().map(OpCases::elementwise),
        Stream.of(
            OpCase.of(Elementwise.EQUAL, "[N] truth", LABELS, LABELS),
            OpCase.of(Elementwise.ADD, "[4]", ROW, ROW),
            OpCase.of(Elementwise.TANH, "[]", Type.real(Shape.SCALAR))));
  }

  private static OpCase elementwise(Elementwise op) {
    List<Type> inputs =
        IntStream.range(0, op.arity())
            .mapToObj(i -> op.takesTruth(i) ? Type.truth(ROWS.shape()) : ROWS)
            .toList();
    return new OpCase(op, inputs, op.truth() ? "[N, 4] truth" : "[N, 4]", op.low(), op.high());
  }

  private static Stream<OpCase> shapes() {
    return Stream.of(
        OpCase.of(new Broadcast(Shape.of(BATCH, 4), List.of(1)), "[N, 4]", ROW),
        OpCase.of(new Broadcast(Shape.of(BATCH, 2, 4), List.of(0, 2)), "[N, 2, 4]", ROWS),
        OpCase.of(new Broadcast(Shape.of(3, 4), List.of(1)), "[3, 4]", ROW),
        OpCase.of(new Broadcast(Shape.of(4), List.of()), "[4]", Type.real(Shape.SCALAR)),
        OpCase.of(new Concat(1), "[N, 8]", ROWS, ROWS),
        OpCase.of(new Concat(1), "[N, 3, 4]", TABLES, Type.real(Shape.of(BATCH, 1, 4))),
        OpCase.of(new Concat(0), "[8]", ROW, ROW),
        OpCase.of(new Pad(1, 2, 7), "[N, 7]", ROWS),
        OpCase.of(new Pad(1, 0, 5), "[N, 5, 4]", TABLES),
        OpCase.of(new Slice(1, 1, 3), "[N, 2]", ROWS),
        OpCase.of(new Slice(1, 0, 3, 2), "[N, 2]", ROWS),
        OpCase.of(new Pad(1, 1, 12, 3), "[N, 12]", ROWS),
        OpCase.of(new Slice(2, 3, 4), "[N, 2, 1]", TABLES),
        OpCase.of(new Transpose(List.of(0, 2, 1)), "[N, 4, 2]", TABLES),
        OpCase.of(new Transpose(List.of(1, 0)), "[4, 2]", TABLE),
        OpCase.of(new Reshape(Shape.of(BATCH, 2, 2)), "[N, 2, 2]", ROWS),
        OpCase.of(new Reshape(Shape.of(8)), "[8]", TABLE),
        OpCase.of(new StopGradient(), "[N, 4]", ROWS));
  }

  private static Stream<OpCase> windows() {
    Type alongRows = Type.real(Shape.of(BATCH, 7, 3));
    Type ofRows = Type.real(Shape.of(BATCH, 3, 2));
    return Stream.of(
        OpCase.of(new Windows(1, 2, 1, 1), "[N, 5, 3]", alongRows),
        OpCase.of(new Windows(1, 2, 2, 1), "[N, 3, 3]", alongRows),
        OpCase.of(new Windows(1, 2, 3, 2), "[N, 1, 3]", alongRows),
        OpCase.of(new Windows(1, 0, 2, 3), "[2, 1]", TABLE),
        OpCase.of(new FromWindows(1, 2, 1, 1, 4), "[N, 4, 2]", ofRows),
        OpCase.of(new FromWindows(1, 2, 2, 1, 6), "[N, 6, 2]", ofRows),
        OpCase.of(new FromWindows(1, 2, 3, 2, 9), "[N, 9, 2]", ofRows),
        OpCase.of(new FromWindows(2, 1, 2, 1, 6), "[N, 3, 6]", Type.real(Shape.of(BATCH, 3, 2))),
        OpCase.of(
            new WindowMatmul(Form.PLAIN, IMAGE),
            "[N, 2, 2, 3]",
            Type.real(Shape.of(BATCH, 5, 4, 2)),
            Type.real(Shape.of(12, 3))),
        OpCase.of(
            new WindowMatmul(Form.LEFT_TRANSPOSED, SERIES),
            "[4, 3]",
            Type.real(Shape.of(BATCH, 3, 7, 2)),
            Type.real(Shape.of(BATCH, 3, 5, 3))),
        OpCase.of(
            new OverlapAdd(IMAGE), "[N, 5, 4, 2]", Type.real(Shape.of(BATCH, 2, 2, 2, 3, 2))));
  }

  private static Stream<OpCase> reductions() {
    return Stream.of(
            List.of(0), List.of(1), List.of(2), List.of(1, 2), List.of(0, 2), List.of(0, 1, 2))
        .flatMap(
            axes ->
                Stream.of(new Sum(axes), new ReduceMax(axes))
                    .map(op -> OpCase.of(op, TABLES.shape().without(axes).toString(), TABLES)));
  }

  private static Stream<OpCase> products() {
    Type narrow = Type.real(Shape.of(4, 3));
    Type wide = Type.real(Shape.of(3, 4));
    Type eachNarrow = Type.real(Shape.of(BATCH, 4, 3));
    Type eachWide = Type.real(Shape.of(BATCH, 3, 4));
    Type eachTall = Type.real(Shape.of(BATCH, 2, 3));
    Type deep = Type.real(Shape.of(BATCH, 2, 5, 4));
    return Stream.of(
        OpCase.of(new Matmul(Form.PLAIN, 0), "[N, 3]", ROWS, narrow),
        OpCase.of(new Matmul(Form.PLAIN, 0), "[N, 2, 3]", TABLES, narrow),
        OpCase.of(new Matmul(Form.PLAIN, 0), "[2, 3]", TABLE, narrow),
        OpCase.of(new Matmul(Form.PLAIN, 1), "[N, 2, 3]", TABLES, eachNarrow),
        OpCase.of(
            new Matmul(Form.PLAIN, 2), "[N, 2, 5, 3]", deep, Type.real(Shape.of(BATCH, 2, 4, 3))),
        OpCase.of(new Matmul(Form.LEFT_TRANSPOSED, 0), "[4, 4]", ROWS, ROWS),
        OpCase.of(new Matmul(Form.LEFT_TRANSPOSED, 0), "[4, 3]", TABLES, eachTall),
        OpCase.of(new Matmul(Form.LEFT_TRANSPOSED, 0), "[4, 4]", TABLE, TABLE),
        OpCase.of(new Matmul(Form.LEFT_TRANSPOSED, 1), "[N, 4, 3]", TABLES, eachTall),
        OpCase.of(new Matmul(Form.RIGHT_TRANSPOSED, 0), "[N, 3]", ROWS, wide),
        OpCase.of(new Matmul(Form.RIGHT_TRANSPOSED, 0), "[N, 2, 3]", TABLES, wide),
        OpCase.of(new Matmul(Form.RIGHT_TRANSPOSED, 0), "[2, 3]", TABLE, wide),
        OpCase.of(new Matmul(Form.RIGHT_TRANSPOSED, 1), "[N, 2, 3]", TABLES, eachWide));
  }

  private static Stream<OpCase> labels() {
    return Stream.of(
        OpCase.of(new OneHot(), "[N, 4]", LABELS),
        OpCase.of(new OneHot(), "[N, 2, 4]", TABLE_LABELS),
        OpCase.of(new Gather(), "[N, 2]", Type.real(Shape.of(4, 2)), LABELS),
        OpCase.of(new Gather(), "[N, 2, 2, 3]", Type.real(Shape.of(4, 2, 3)), TABLE_LABELS),
        OpCase.of(new Gather(), "[N]", ROW, LABELS),
        OpCase.of(new ScatterAdd(4), "[4, 3]", Type.real(Shape.of(BATCH, 3)), LABELS),
        OpCase.of(new ScatterAdd(4), "[4, 3]", Type.real(Shape.of(BATCH, 2, 3)), TABLE_LABELS),
        OpCase.of(new ScatterAdd(4), "[4]", Type.real(Shape.of(BATCH)), LABELS),
        OpCase.of(new Pick(), "[N]", ROWS, LABELS),
        OpCase.of(new Pick(), "[N, 2]", TABLES, TABLE_LABELS));
  }

  private static Stream<OpCase> sequences() {
    return Stream.of(
        OpCase.of(new SequenceLength(), "[N]", LENGTHS),
        OpCase.of(new PaddingMask(OPEN_ROWS, 1), "[N, T, 2] truth", LENGTHS),
        OpCase.of(new PaddingMask(Shape.of(BATCH, 3, OPEN), 2), "[N, 3, T] truth", LENGTHS),
        OpCase.of(new StepMask(), "[N] truth", LENGTHS),
        OpCase.of(new Last(1), "[N, 2]", Type.real(OPEN_ROWS), LENGTHS),
        OpCase.of(new Last(2), "[N, 3]", Type.real(Shape.of(BATCH, 3, OPEN)), LENGTHS),
        OpCase.of(new PutLast(1), "[N, T, 4]", ROWS, LENGTHS),
        OpCase.of(new PutLast(3), "[N, 2, 4, T]", TABLES, LENGTHS));
  }

  private static Stream<OpCase> sources() {
    return Stream.of(
        OpCase.of(new BatchSize(), "[]"),
        OpCase.of(new Constant(0.25, ""), "[]"),
        OpCase.of(new Constant(-3, "rate"), "[]"),
        OpCase.of(new Draw(Distribution.UNIFORM, Shape.of(2, 4), 0, Moment.FIRST), "[2, 4]"),
        OpCase.of(new Draw(Distribution.NORMAL, Shape.of(2, 4), 1, Moment.FIRST), "[2, 4]"),
        OpCase.of(
            new Draw(Distribution.UNIFORM, Shape.of(BATCH, 4), 0, Moment.EACH_STEP), "[N, 4]"),
        OpCase.of(new Draw(Distribution.NORMAL, Shape.of(5, BATCH), 1, Moment.EACH_STEP), "[5, N]"),
        OpCase.of(new Training(), "[] truth"),
        OpCase.of(new JoinShares(JoinShares.Joined.SUM), "[2, 4]", TABLE),
        OpCase.of(new JoinShares(JoinShares.Joined.MAX), "[2, 4]", TABLE),
        OpCase.of(new Orthonormal(), "[2, 4]", TABLE));
  }
}
