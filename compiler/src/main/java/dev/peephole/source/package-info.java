/** Model files as text, and places in them. */
package dev.peephole.source;
