/** Where the examples of a plan come from. */
package dev.peephole.check.data;
