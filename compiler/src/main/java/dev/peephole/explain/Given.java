package dev.peephole.explain;

import dev.peephole.driver.FirstStep;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Function;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Program;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.op.Draw;
import dev.peephole.op.StopGradient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The numbers that a page's computation begins with: an example, first parameters, and noise. */
final class Given {
  /** As many numbers take two thirds of what a page may. */
  static final int MOST = 600_000;

  private Given() {}

  /**
   * The example of a page.
   *
   * @param program the network whose values the page has
   * @param checked the network as the model says it
   */
  static Trace.Example of(FirstStep step, Program program, Program checked, Values values) {
    List<Trace.Numbers> numbers = new ArrayList<>();
    long count = 0;
    for (int i = 0; i < step.inputs().size(); i++) {
      numbers.add(numbers(program.step().inputs().get(i), step.inputs().get(i), values));
      count += step.inputs().get(i).length;
    }
    if (count > MOST) {
      return Trace.Example.none(
          "No numbers: they would be %s, and a page holds %s at most.".formatted(count, MOST));
    }
    for (Equation e : program.step().equations()) {
      if (e.op() instanceof Draw draw) {
        Shape shape = e.out().shape().forBatch(1, step.steps());
        double[] drawn = draw.reference(List.of(), List.of(), shape, step.mode());
        numbers.add(numbers(e.out(), drawn, values));
      }
    }
    return new Trace.Example(step.from(), step.steps(), unlikeSlopes(checked), numbers);
  }

  private static Trace.Numbers numbers(Var var, double[] numbers, Values values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      bytes.putFloat((float) number);
    }
    String text = Base64.getEncoder().encodeToString(bytes.array());
    return new Trace.Numbers(values.number(var), text);
  }

  /** Why gradients are not the slopes of the loss, if the model wants them to be something else. */
  private static String unlikeSlopes(Program checked) {
    if (checked.truncation() > 0) {
      return "gradients are carried over %s time steps and no further"
          .formatted(checked.truncation());
    }
    return stopsGradients(checked.step()) ? "the model stops a gradient" : "";
  }

  private static boolean stopsGradients(Function function) {
    return function.equations().stream()
        .anyMatch(
            e ->
                e.op() instanceof Scan scan
                    ? stopsGradients(scan.step())
                    : e.op() instanceof StopGradient
                        && e.origin() instanceof Origin.Written written
                        && written.library().isEmpty());
  }
}
