package dev.peephole.runtime.train.plan;

/**
 * Which average of the weights a run keeps.
 *
 * @param overSteps whether of all steps, each counting {@code amount} times what the next one does
 *     (Polyak &amp; Juditsky, 1992, with weights that fade); or else of all epochs alike (Izmailov
 *     et al., 2018)
 * @param amount that factor, or the share of the run after which the average begins
 */
public record WeightAverage(boolean overSteps, double amount) {}
