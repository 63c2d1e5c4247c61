/** What is written down of a run while it goes on: tables that a report is drawn from. */
package dev.peephole.runtime.train.report.record;
