/** How far a run is, on a terminal and in a file, and how figures are written. */
package dev.peephole.runtime.train.progress;
