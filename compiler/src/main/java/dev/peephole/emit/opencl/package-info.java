/** Writes kernels in OpenCL C: what a device computes, and how the host calls it. */
package dev.peephole.emit.opencl;
