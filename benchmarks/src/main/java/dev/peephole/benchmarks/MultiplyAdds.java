package dev.peephole.benchmarks;

import dev.peephole.ir.Equation;
import dev.peephole.ir.Scan;
import dev.peephole.ir.Shape;
import dev.peephole.op.Matmul;
import java.util.List;

/** How much work the matrix products of a network are. */
final class MultiplyAdds {
  private MultiplyAdds() {}

  /** The multiplications with additions of all products in equations, for so many examples. */
  static long of(List<Equation> equations, int examples) {
    return equations.stream().mapToLong(e -> of(e, examples)).sum();
  }

  private static long of(Equation equation, int examples) {
    if (equation.op() instanceof Scan scan) {
      return scan.length() * of(scan.step().equations(), examples);
    }
    if (equation.op() instanceof Matmul product) {
      Matmul.Extent extent = product.extent(equation.input(0).shape(), equation.input(1).shape());
      return numbers(extent.count(), examples)
          * numbers(extent.rows(), examples)
          * numbers(extent.inner(), examples)
          * numbers(extent.columns(), examples);
    }
    return 0;
  }

  private static long numbers(Shape shape, int examples) {
    return shape.forBatch(examples, 1).size();
  }
}
