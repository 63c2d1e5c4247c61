/** Which values share a buffer. */
package dev.peephole.pass.buffer;
