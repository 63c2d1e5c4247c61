package dev.peephole.runtime.kernel;

/**
 * Numbers of an array as a matrix, row after row.
 *
 * @param start where its first row begins
 * @param rows how many rows lie in the array
 * @param columns how many numbers are in a row
 * @param isTransposed whether its columns are meant where its rows are said
 */
public record FloatMatrix(float[] numbers, int start, int rows, int columns, boolean isTransposed)
    implements MatrixLayout {

  FloatMatrix transposed() {
    return new FloatMatrix(numbers, start, rows, columns, !isTransposed);
  }
}
