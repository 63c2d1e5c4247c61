/** Between which numbers values lie, and what is hardly meant because of it. */
package dev.peephole.range;
