/**
 * The loop language: what kernels become before they are printed. Expressions and statements that
 * every target has, and nothing about how it writes them; that is a {@link
 * dev.peephole.loop.Target}, a table of what differs.
 */
package dev.peephole.loop;
