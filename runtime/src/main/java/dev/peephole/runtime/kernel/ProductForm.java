package dev.peephole.runtime.kernel;

/**
 * One way to compute c = a·b in single precision.
 *
 * <p>All forms agree to the last bit: each element of c is one chain of fused multiply-adds that
 * starts from zero and takes k = 0, 1, 2, … in turn, whatever the order in which elements are
 * visited, and wherever a chain is put down in c and taken up again.
 */
interface ProductForm {

  /**
   * Overwrites c (rows × columns) with a (rows × inner) times b (inner × columns), none of them
   * empty. The elements of c are neighbours, by rows or by columns.
   */
  void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns);

  /** The same with b known before, which is rearranged the first time that it pays. */
  default void multiply(Operand a, PackedMatrix b, Operand c, int rows) {
    multiply(a, b.operand(), c, rows, b.inner(), b.columns());
  }
}
