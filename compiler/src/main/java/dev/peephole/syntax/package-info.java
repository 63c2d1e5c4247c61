/**
 * The syntax tree of a model file, and the parser that makes it. The tree is records in sealed
 * interfaces; the classes that parse are for this package alone.
 */
package dev.peephole.syntax;
