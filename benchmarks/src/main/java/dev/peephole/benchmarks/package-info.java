/**
 * Generated code beside PyTorch: the same networks, weights and data, one after the other in
 * rounds.
 */
package dev.peephole.benchmarks;
