/** The examples of a plan, gone through a batch at a time and put into a model's buffers. */
package dev.peephole.runtime.train.batch;
