package dev.peephole.runtime.kernel;

/**
 * A matrix whose rows are 1 at the place of a label and 0 elsewhere.
 *
 * @param start where the label of the first row is
 * @param isTransposed whether its columns are meant where its rows are said
 */
public record OneHotRows(int[] labels, int start, int rows, int classes, boolean isTransposed) {}
