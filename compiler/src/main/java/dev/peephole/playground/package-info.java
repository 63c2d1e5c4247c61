/** A page on which one changes a model and watches it learn, and its server. */
package dev.peephole.playground;
