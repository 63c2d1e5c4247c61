/** The training loop, and what else is done with a trained network: evaluation, predictions. */
package dev.peephole.runtime.train;
