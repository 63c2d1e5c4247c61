/** The training loop and what belongs to it: plans, run folders, predictions. */
package dev.peephole.runtime.train;
