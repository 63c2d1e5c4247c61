/** Which lines of generated code come from which lines of a model, and back. */
package dev.peephole.lines;
