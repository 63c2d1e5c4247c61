/**
 * OpenCL devices, and what generated code for them is made of: memory, kernels, and the queue that
 * both wait in. Nothing here is loaded unless a device is asked for.
 */
package dev.peephole.runtime.opencl;
