/** What goes into a recurrence, and what is taken out of it. */
package dev.peephole.pass.recurrence;
