/** Less to compute for the same results. */
package dev.peephole.pass.simplify;
