/** The report of a run: a page that shows what happened, drawn from tables beside it. */
package dev.peephole.runtime.train.report;
