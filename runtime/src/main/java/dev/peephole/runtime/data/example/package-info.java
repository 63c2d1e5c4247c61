/** Examples out of a source: what fills which input and target, labels, scales. */
package dev.peephole.runtime.data.example;
