/** Numbers made comparable, and back. */
package dev.peephole.runtime.data.scaling;
