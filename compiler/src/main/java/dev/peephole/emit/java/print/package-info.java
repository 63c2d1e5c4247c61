/**
 * Text of Java: statements of the loop language, its precision, line breaks, and what its lines
 * come from.
 */
package dev.peephole.emit.java.print;
