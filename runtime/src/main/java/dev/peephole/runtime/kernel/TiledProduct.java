package dev.peephole.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * The product in register tiles, after Goto &amp; van de Geijn, "Anatomy of high-performance matrix
 * multiplication" (2008).
 *
 * <p>c is cut into tiles of 8 rows by two vectors (6 where registers are few), whose sums stay in
 * registers while a tile takes the terms of one block of k. The loops around that see to it that
 * what a tile reads is close by: a panel of b (two vectors wide) meets all tiles of a block of rows
 * before the next panel has its turn, and both stay in the cache meanwhile.
 *
 * <p>a and b are rearranged into {@link Panels} if they are used often enough to pay for it, and
 * else are read where they lie. It matters most for rows of a that are a power of two long: the 8
 * rows of a tile would all want the same few lines of the cache. a that lies by columns is read so,
 * unless registers are few. The last tile of a row has the columns that are left: its two vectors
 * have some of them in common, or it is one vector. If there is not room for one, or if rows are
 * missing, it goes through a scratch tile, and takes any numbers for the rows of a and columns of b
 * that do not exist.
 */
final class TiledProduct implements ProductForm {
  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Where a vector holds 8 numbers there are 16 registers for vectors, elsewhere 32. */
  private static final boolean FEW_REGISTERS = LANES == 8;

  private static final int TILE_ROWS = FEW_REGISTERS ? 6 : 8;
  private static final int TILE_COLUMNS = 2 * LANES;

  /** Rows of a in a block, which with a panel of b stays in the second-level cache. */
  private static final int BLOCK_ROWS = 8 * TILE_ROWS;

  /** Columns of b that are packed at once. */
  private static final int BLOCK_COLUMNS = 1024;

  /** Terms in a block: the more, the fewer the visits to c. */
  private static final int DEPTH = 1024;

  /** The same where a lies by columns, and every term is in another cache line. */
  private static final int DEPTH_BY_COLUMNS = 256;

  /** Terms in a block of a matrix that is packed once for many products. */
  private static final int PACKED_DEPTH = 4096;

  /** Up to this many rows of a, b is read where it lies. */
  private static final int FEW_ROWS = 64;

  /** From this many columns of b on, the rows of a are packed. */
  private static final int MANY_COLUMNS = 512;

  private final Panels columnPanels = new Panels(TILE_COLUMNS);
  private final Panels rowPanels = new Panels(TILE_ROWS);
  private final Operand rowsOfA = new Operand();
  private final Tile tile = new Tile();
  private final float[] zeros = new float[TILE_COLUMNS];
  private final float[] scratch = new float[TILE_ROWS * TILE_COLUMNS];

  // The product at work.
  private Operand a;
  private Operand b;
  private Operand c;

  // The block of terms at work: k .. k + depth.
  private int k;
  private int depth;

  @Override
  public void multiply(Operand a, Operand b, Operand c, int rows, int inner, int columns) {
    this.a = a;
    this.b = b;
    this.c = c;
    rowsOfA.setTransposed(a);
    int maxDepth = a.hasContiguousRows() ? DEPTH : DEPTH_BY_COLUMNS;
    for (int j = 0; j < columns; j += BLOCK_COLUMNS) {
      int jEnd = Math.min(columns, j + BLOCK_COLUMNS);
      for (k = 0; k < inner; k += maxDepth) {
        depth = Math.min(maxDepth, inner - k);
        int jPacked = packColumns(j, jEnd, rows);
        for (int i = 0; i < rows; i += BLOCK_ROWS) {
          int iEnd = Math.min(rows, i + BLOCK_ROWS);
          multiplyBlock(i, packRows(i, iEnd, jEnd - j), iEnd, j, jPacked, jEnd);
        }
      }
    }
  }

  /** Whether a packed matrix can be used as it is: a block of terms is all of them. */
  static boolean takes(PackedMatrix b) {
    return b.inner() <= PACKED_DEPTH;
  }

  @Override
  public void multiply(Operand a, PackedMatrix b, Operand c, int rows) {
    this.a = a;
    this.c = c;
    int columns = b.columns();
    Panels panels = b.panels(TILE_COLUMNS);
    rowsOfA.setTransposed(a);
    k = 0;
    depth = b.inner();
    for (int i = 0; i < rows; i += BLOCK_ROWS) {
      int iEnd = Math.min(rows, i + BLOCK_ROWS);
      int iPacked = packRows(i, iEnd, columns);
      for (int p = 0; p < columns; p += TILE_COLUMNS) {
        tile.b(panels.array(), panels.start(p), TILE_COLUMNS);
        multiplyPanel(i, iPacked, iEnd, p, columns);
      }
    }
  }

  /** All columns of b, or those that do not fill a panel; returns the first one packed. */
  private int packColumns(int j, int jEnd, int rows) {
    int rest = (jEnd - j) % TILE_COLUMNS;
    boolean inPlace = b.hasContiguousRows() && (rows <= FEW_ROWS || b.rowStride <= TILE_COLUMNS);
    int begin = inPlace ? jEnd - (rest < LANES ? rest : 0) : j;
    if (begin < jEnd) {
      columnPanels.pack(b, k, depth, begin, jEnd);
    }
    return begin;
  }

  /** All rows of a, or those that do not fill a tile; returns the first one packed. */
  private int packRows(int i, int iEnd, int columns) {
    boolean all = FEW_REGISTERS || a.hasContiguousRows() && columns >= MANY_COLUMNS;
    int begin = all ? i : iEnd - (iEnd - i) % TILE_ROWS;
    if (begin < iEnd) {
      rowPanels.pack(rowsOfA, k, depth, begin, iEnd);
    }
    return begin;
  }

  /** Rows i .. iEnd of a times columns j .. jEnd of b, one panel of b after the other. */
  private void multiplyBlock(int i, int iPacked, int iEnd, int j, int jPacked, int jEnd) {
    for (int p = j; p < jEnd; p += TILE_COLUMNS) {
      if (p < jPacked) {
        tile.b(b.array, b.at(k, p), b.rowStride);
      } else {
        tile.b(columnPanels.array(), columnPanels.start(p), TILE_COLUMNS);
      }
      multiplyPanel(i, iPacked, iEnd, p, jEnd);
    }
  }

  /** Rows i .. iEnd of a times the panel at work, whose columns begin with j. */
  private void multiplyPanel(int i, int iPacked, int iEnd, int j, int jEnd) {
    int width = Math.min(TILE_COLUMNS, jEnd - j);
    tile.depth = depth;
    tile.toRight = Math.max(0, width - LANES);
    multiplyInPlace(i, iPacked, j, width);
    multiplyPacked(iPacked, iEnd, j, width);
  }

  /** The tiles under a panel, from the top downwards, with a read where it lies. */
  private void multiplyInPlace(int i, int iEnd, int j, int width) {
    boolean byRows = a.hasContiguousRows();
    TileKernel wide = byRows ? RowTiles.WIDE : ColumnTiles.WIDE;
    TileKernel narrow = byRows ? NarrowTiles.BY_ROWS : NarrowTiles.BY_COLUMNS;
    TileKernel kernel = isNarrow(width) ? narrow : wide;
    int stride = byRows ? a.rowStride : a.columnStride;
    for (; i < iEnd; i += TILE_ROWS) {
      tile.a(a.array, a.at(i, k), stride);
      multiplyTile(kernel, i, j, TILE_ROWS, width);
    }
  }

  /** The same for the rows of a that are packed. */
  private void multiplyPacked(int i, int iEnd, int j, int width) {
    TileKernel manyRegisters = isNarrow(width) ? NarrowTiles.BY_COLUMNS : ColumnTiles.WIDE;
    TileKernel kernel = FEW_REGISTERS ? SixRowTiles.WIDE : manyRegisters;
    for (; i < iEnd; i += TILE_ROWS) {
      tile.a(rowPanels.array(), rowPanels.start(i), TILE_ROWS);
      multiplyTile(kernel, i, j, Math.min(TILE_ROWS, iEnd - i), width);
    }
  }

  private static boolean isNarrow(int width) {
    return !FEW_REGISTERS && width <= LANES;
  }

  /** Adds the terms of a block to a tile of c, of which height × width exist. */
  private void multiplyTile(TileKernel kernel, int i, int j, int height, int width) {
    if (height == TILE_ROWS && width >= LANES && c.hasContiguousRows()) {
      tile.c(c.array, c.at(i, j), c.rowStride);
      beginWith(c.array, c.at(i, j), c.rowStride);
      kernel.accumulate(tile);
    } else {
      if (k > 0) {
        loadScratch(i, j, height, width);
      }
      tile.c(scratch, 0, TILE_COLUMNS);
      beginWith(scratch, 0, TILE_COLUMNS);
      kernel.accumulate(tile);
      storeScratch(i, j, height, width);
    }
  }

  /** The sums begin with what the blocks of terms before came to. */
  private void beginWith(float[] sums, int base, int stride) {
    if (k > 0) {
      tile.from(sums, base, stride);
    } else {
      tile.from(zeros, 0, 0);
    }
  }

  private void loadScratch(int i, int j, int height, int width) {
    if (c.hasContiguousRows()) {
      for (int row = 0; row < height; row++) {
        System.arraycopy(c.array, c.at(i + row, j), scratch, row * TILE_COLUMNS, width);
      }
    } else {
      for (int column = 0; column < width; column++) {
        int from = c.at(i, j + column);
        for (int row = 0; row < height; row++) {
          scratch[row * TILE_COLUMNS + column] = c.array[from + row];
        }
      }
    }
  }

  private void storeScratch(int i, int j, int height, int width) {
    if (c.hasContiguousRows()) {
      for (int row = 0; row < height; row++) {
        System.arraycopy(scratch, row * TILE_COLUMNS, c.array, c.at(i + row, j), width);
      }
    } else {
      for (int column = 0; column < width; column++) {
        int to = c.at(i, j + column);
        for (int row = 0; row < height; row++) {
          c.array[to + row] = scratch[row * TILE_COLUMNS + column];
        }
      }
    }
  }
}
