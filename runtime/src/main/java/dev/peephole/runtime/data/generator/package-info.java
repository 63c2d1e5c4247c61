/** Sources that make their examples up. */
package dev.peephole.runtime.data.generator;
