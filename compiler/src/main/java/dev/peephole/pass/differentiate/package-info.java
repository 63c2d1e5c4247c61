/** Gradients: reverse-mode differentiation. */
package dev.peephole.pass.differentiate;
