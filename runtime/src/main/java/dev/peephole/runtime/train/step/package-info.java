/** One step of training: by one model, on a device, or by several threads that share the batch. */
package dev.peephole.runtime.train.step;
