/** The fields of a generated class that hold its values, on the host and on a device. */
package dev.peephole.emit.java.buffer;
