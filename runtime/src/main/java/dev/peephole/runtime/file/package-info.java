/** Files that training leaves and takes up again: weights, and what is written in one piece. */
package dev.peephole.runtime.file;
