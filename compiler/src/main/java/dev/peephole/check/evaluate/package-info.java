/** Follows expressions and bodies, and writes equations wherever something is computed. */
package dev.peephole.check.evaluate;
