/** Sources that are files: CSV, IDX, text. */
package dev.peephole.runtime.data.format;
