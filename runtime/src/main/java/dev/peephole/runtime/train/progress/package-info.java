/** Where a run prints to, how it says how far it is, and how figures are written. */
package dev.peephole.runtime.train.progress;
