/** What is measured besides the loss, over all examples of a part. */
package dev.peephole.runtime.train.metric;
