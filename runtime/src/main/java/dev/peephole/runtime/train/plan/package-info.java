/**
 * What is trained and how: the plan of a model file, the program, and what the command line says.
 */
package dev.peephole.runtime.train.plan;
