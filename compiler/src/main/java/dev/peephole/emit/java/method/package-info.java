/** The methods of a generated class. */
package dev.peephole.emit.java.method;
