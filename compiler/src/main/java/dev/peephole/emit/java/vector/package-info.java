/** Loops along rows once more, for a vector of numbers at a time. */
package dev.peephole.emit.java.vector;
