/** The training loop and what belongs to it: plans, metrics, progress, run folders, predictions. */
package dev.peephole.runtime.train;
