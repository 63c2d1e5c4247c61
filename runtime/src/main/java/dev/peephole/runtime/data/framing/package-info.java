/** What an example is, a row, a window or a whole series, and which part of the data has it. */
package dev.peephole.runtime.data.framing;
