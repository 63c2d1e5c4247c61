package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * The product through the JDK's Vector API: looks at the shapes and picks the way that does the
 * least besides the product itself. Loaded only where that module is.
 */
final class VectorProduct implements ProductForm {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Narrower vectors gain nothing; a JVM reports such where it cannot use the processor's. */
  private static final int FEWEST_LANES = 4;

  /** Up to this many rows, tiles would do most of their work in vain. */
  private static final int THIN_ROWS = 3;

  private final ThinProduct thin = new ThinProduct();
  private final TiledProduct tiled = new TiledProduct();
  private final Operand aTransposed = new Operand();
  private final Operand bTransposed = new Operand();
  private final Operand cTransposed = new Operand();

  /** Whether this machine has vectors worth the name, of no more lanes than code counts on. */
  static boolean isUsable() {
    return LANES >= FEWEST_LANES && LANES <= VectorApi.MOST_LANES;
  }

  @Override
  public String toString() {
    return "vector, " + LANES + " lanes";
  }

  @Override
  public void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns) {
    if (isThin(b, rows, columns)) {
      thin.multiply(a, b, c, rows, inner, columns);
    } else if (b.hasContiguousRows() || isCheaperToTurn(inner, columns, rows)) {
      tiled.multiply(a, b, c, rows, inner, columns);
    } else {
      // cᵀ = bᵀ · aᵀ: the same sums, but it is a and c that are turned around, instead of b.
      aTransposed.setTransposed(a);
      bTransposed.setTransposed(b);
      cTransposed.setTransposed(c);
      tiled.multiply(bTransposed, aTransposed, cTransposed, columns, inner, rows);
    }
  }

  @Override
  public void multiply(Operand a, PackedMatrix b, Operand c, int rows) {
    boolean thin = isThin(b.operand(), rows, b.columns());
    if (!thin && TiledProduct.takes(b)) {
      tiled.multiply(a, b, c, rows);
    } else {
      multiply(a, b.operand(), c, rows, b.inner(), b.columns());
    }
  }

  private static boolean isThin(Operand b, int rows, int columns) {
    boolean suits = rows == 1 || columns < LANES || columns >= ThinProduct.STRIP;
    return rows <= THIN_ROWS && suits && b.hasContiguousRows();
  }

  /** Whether b has fewer elements to turn around than a and c. */
  private static boolean isCheaperToTurn(long inner, long columns, long rows) {
    return inner * columns <= rows * (inner + columns);
  }
}
