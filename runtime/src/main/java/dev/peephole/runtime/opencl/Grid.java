package dev.peephole.runtime.opencl;

/**
 * How many work groups a kernel is run by, along up to three axes; how many items a group has, the
 * kernel says itself.
 */
public record Grid(int columns, int rows, int layers) {
  /** The items of a group of a kernel that has one item for each number. */
  public static final int ITEMS = 64;

  /** A work item for each of so many numbers. */
  public static Grid items(int count) {
    return new Grid(ceiling(count, ITEMS), 1, 1);
  }

  /** A work group for each of so many results. */
  public static Grid groups(int count) {
    return new Grid(count, 1, 1);
  }

  /** A work group for each tile of so many matrices. */
  public static Grid tiles(int count, int rows, int tileRows, int columns, int tileColumns) {
    return new Grid(ceiling(columns, tileColumns), ceiling(rows, tileRows), count);
  }

  /** Whether there is nothing to do. */
  boolean isEmpty() {
    return columns == 0 || rows == 0 || layers == 0;
  }

  private static int ceiling(int count, int each) {
    return (count + each - 1) / each;
  }
}
