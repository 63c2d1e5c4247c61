/** Calls of the runtime's routines. */
package dev.peephole.emit.java.routine;
