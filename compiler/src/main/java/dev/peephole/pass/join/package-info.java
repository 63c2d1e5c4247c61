/** Several matrix products as one. */
package dev.peephole.pass.join;
