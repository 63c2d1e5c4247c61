/** Errors and warnings in model files: as data, as text for people, as JSON for programs. */
package dev.peephole.diagnostic;
