/** The page that shows a model, its mathematics and its code side by side. */
package dev.peephole.explain;
