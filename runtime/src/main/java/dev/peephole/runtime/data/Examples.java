package dev.peephole.runtime.data;

import dev.peephole.runtime.Tensor;
import java.util.List;

/**
 * Examples that are ready for a model.
 *
 * @param count how many there are
 * @param tensors what they fill
 * @param arrays for each tensor all its rows one after another, {@code float[]} or, for labels,
 *     {@code int[]}
 */
public record Examples(int count, List<Tensor> tensors, List<Object> arrays) {}
