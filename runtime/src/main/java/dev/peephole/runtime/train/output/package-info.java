/** What a run leaves: its folder, the weights, its result, and predictions as a table. */
package dev.peephole.runtime.train.output;
