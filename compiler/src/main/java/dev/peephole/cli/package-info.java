/** The {@code nnc} command: the one place of the compiler with input and output. */
package dev.peephole.cli;
