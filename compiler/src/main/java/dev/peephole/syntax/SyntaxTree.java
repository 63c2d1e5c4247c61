package dev.peephole.syntax;

import dev.peephole.source.SourceFile;
import java.util.List;

/** A parsed file. After a syntax error it holds what could be understood. */
public record SyntaxTree(SourceFile file, List<Declaration> declarations) {
  public SyntaxTree {
    declarations = List.copyOf(declarations);
  }
}
