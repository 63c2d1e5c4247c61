/** What is said where a loss or a parameter is not finite. */
package dev.peephole.runtime.train.divergence;
