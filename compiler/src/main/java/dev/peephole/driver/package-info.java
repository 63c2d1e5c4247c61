/** From a model file to checked networks, Java sources, loaded classes and jars; prints nothing. */
package dev.peephole.driver;
