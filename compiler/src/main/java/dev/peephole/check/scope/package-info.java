/** What names mean: declarations, the library, functions of the language, what a body sees. */
package dev.peephole.check.scope;
