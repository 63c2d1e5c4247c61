/** What generated code calls: tensors, kernels, devices, data, training, metrics and files. */
package dev.peephole.runtime;
