/**
 * Where examples come from: sources, what fills a network's inputs and targets, labels, parts and
 * scales. Knows nothing of training.
 */
package dev.peephole.runtime.data;
