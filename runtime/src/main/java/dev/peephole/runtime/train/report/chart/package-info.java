/** Pictures of numbers as SVG that needs no script, and the markup that they are written in. */
package dev.peephole.runtime.train.report.chart;
