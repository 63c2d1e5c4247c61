/** The command line of a trainer jar. */
package dev.peephole.runtime.train.command;
