/** The clauses of training plans, a declaration each, and the plan that they make. */
package dev.peephole.check.plan;
