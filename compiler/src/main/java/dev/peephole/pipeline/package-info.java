/** The list of all steps from checked equations to kernels. */
package dev.peephole.pipeline;
