package dev.peephole.syntax;

import dev.peephole.source.Span;

/** A name and where it stands. */
public record Ident(String name, Span span) {
  @Override
  public String toString() {
    return name;
  }
}
