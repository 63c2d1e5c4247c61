/** From equations to kernels. */
package dev.peephole.pass.lower;
