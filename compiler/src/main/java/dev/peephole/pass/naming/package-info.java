/** Names of values and constants, told apart. */
package dev.peephole.pass.naming;
