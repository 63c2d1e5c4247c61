package dev.peephole.check.plan;

import dev.peephole.ir.Optimizer;
import dev.peephole.syntax.Clause;

/**
 * An optimizer of a plan.
 *
 * @param clause which says what it is on
 */
public record Trained(Clause clause, Optimizer optimizer) {}
