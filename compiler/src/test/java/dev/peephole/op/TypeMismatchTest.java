package dev.peephole.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.peephole.ir.Element;
import dev.peephole.ir.Op;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Type;
import dev.peephole.ir.TypeMismatch;
import dev.peephole.op.Matmul.Form;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ops do not take, and what they say then. */
class TypeMismatchTest {
  private static final Type ROW = Type.real(Shape.of(4));
  private static final Type TABLE = Type.real(Shape.of(2, 4));
  private static final Type TRUTH = Type.truth(Shape.of(4));
  private static final Type LABEL = new Type(Shape.of(4), Element.LABEL, 3);

  private static final String NUMBERS = "numbers are wanted here";
  private static final String TRUTH_NOTE =
      "this is [4] of true and false; where(c, 1, 0) makes numbers of it";
  private static final String LABEL_NOTE =
      "this is [4] class(3); one_hot(label) makes numbers of it";

  record Wrong(Op op, List<Type> inputs, String message, String reason) {
    static Wrong of(Op op, String message, String reason, Type... inputs) {
      return new Wrong(op, List.of(inputs), message, reason);
    }
  }

  static Stream<Wrong> wrong() {
    String product = "these shapes cannot be multiplied";
    return Stream.of(
        Wrong.of(
            Elementwise.ADD, "add of [4] and [2, 4]", "the shapes must be the same", ROW, TABLE),
        Wrong.of(Elementwise.TANH, NUMBERS, TRUTH_NOTE, TRUTH),
        Wrong.of(Elementwise.TANH, NUMBERS, LABEL_NOTE, LABEL),
        Wrong.of(Elementwise.LESS, NUMBERS, TRUTH_NOTE, TRUTH, ROW),
        Wrong.of(new Sum(List.of(0)), NUMBERS, TRUTH_NOTE, TRUTH),
        Wrong.of(new ReduceMax(List.of(0)), NUMBERS, LABEL_NOTE, LABEL),
        Wrong.of(new Pad(0, 0, 5), NUMBERS, TRUTH_NOTE, TRUTH),
        Wrong.of(new Concat(0), NUMBERS, LABEL_NOTE, LABEL, LABEL),
        Wrong.of(new Pick(), NUMBERS, TRUTH_NOTE, TRUTH, LABEL),
        Wrong.of(
            Elementwise.WHERE,
            "the condition of where is not a comparison",
            "it is [4]",
            ROW,
            ROW,
            ROW),
        Wrong.of(
            new Broadcast(Shape.of(2, 3), List.of(1)),
            "[4] does not broadcast to [2, 3]",
            "an axis differs",
            ROW),
        Wrong.of(
            new Concat(1),
            "[2, 4] and [4] cannot stand side by side",
            "the other axes must be the same",
            TABLE,
            ROW),
        Wrong.of(
            new Slice(0, 2, 5),
            "there are no positions 2 .. 5 in an axis of 4",
            "positions are counted from 0 and the end is not included",
            ROW),
        Wrong.of(
            new Slice(0, 3, 3),
            "there are no positions 3 .. 3 in an axis of 4",
            "positions are counted from 0 and the end is not included",
            ROW),
        Wrong.of(new Pad(0, 3, 6), "[4] does not fit into an axis of 6", "it starts at 3", ROW),
        Wrong.of(
            new Reshape(Shape.of(3)), "[2, 4] cannot become [3]", "8 numbers are not 3", TABLE),
        Wrong.of(new OneHot(), "labels are wanted here", "this is [4]", ROW),
        Wrong.of(
            new Pick(),
            "a label out of 3 cannot point into [4, 4]",
            "the last axis must have as many places as there are classes",
            Type.real(Shape.of(4, 4)),
            LABEL),
        Wrong.of(
            new Pick(),
            "labels [4] cannot point into [2, 3]",
            "the outer axes differ",
            Type.real(Shape.of(2, 3)),
            LABEL),
        Wrong.of(new Gather(), NUMBERS, TRUTH_NOTE, TRUTH, LABEL),
        Wrong.of(
            new Gather(),
            "a label out of 3 cannot point at a row of [2, 4]",
            "the table must have as many rows as there are classes",
            TABLE,
            LABEL),
        Wrong.of(new ScatterAdd(3), NUMBERS, TRUTH_NOTE, TRUTH, LABEL),
        Wrong.of(
            new ScatterAdd(5),
            "labels out of 3 cannot number 5 rows",
            "each class has a row of its own",
            ROW,
            LABEL),
        Wrong.of(
            new ScatterAdd(3),
            "labels [4] cannot number the rows of [2, 4]",
            "each row has a label",
            TABLE,
            LABEL),
        Wrong.of(new Orthonormal(), "orthonormal takes a matrix", "this is [4]", ROW),
        Wrong.of(
            new Matmul(Form.PLAIN, 0),
            product,
            "the inner axes must agree, and 4 is not 2",
            TABLE,
            TABLE),
        Wrong.of(new Matmul(Form.PLAIN, 0), product, "the right side must be a matrix", TABLE, ROW),
        Wrong.of(
            new Matmul(Form.PLAIN, 0),
            product,
            "a scalar has no inner axis",
            Type.real(Shape.SCALAR),
            TABLE),
        Wrong.of(
            new Matmul(Form.LEFT_TRANSPOSED, 0),
            product,
            "the rows differ",
            TABLE,
            Type.real(Shape.of(3, 4))),
        Wrong.of(
            new Matmul(Form.RIGHT_TRANSPOSED, 0),
            product,
            "the inner axes must agree, and 4 is not 3",
            TABLE,
            Type.real(Shape.of(4, 3))),
        Wrong.of(
            new Matmul(Form.PLAIN, 1),
            product,
            "the outer axes must agree",
            Type.real(Shape.of(2, 1, 4)),
            Type.real(Shape.of(3, 4, 1))),
        Wrong.of(new Matmul(Form.PLAIN, 0), NUMBERS, LABEL_NOTE, LABEL, TABLE));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isToldApart(Wrong wrong) {
    TypeMismatch mismatch =
        catchThrowableOfType(TypeMismatch.class, () -> wrong.op.type(wrong.inputs));
    assertThat(mismatch).hasMessage(wrong.message);
    assertThat(mismatch.reason()).isEqualTo(wrong.reason);
  }
}
