/** What a network answers over a part of the data, for a report. */
package dev.peephole.runtime.train.report.answer;
