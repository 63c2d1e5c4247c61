/** That equations and kernels are well formed. */
package dev.peephole.pass.verify;
