/** What expressions come to while a program is checked, and arithmetic with it. */
package dev.peephole.check.value;
