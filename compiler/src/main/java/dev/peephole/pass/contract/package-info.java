/** Products of windows, written as the sums that they are. */
package dev.peephole.pass.contract;
