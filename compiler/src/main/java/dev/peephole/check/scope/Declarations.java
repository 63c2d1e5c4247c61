package dev.peephole.check.scope;

import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Ident;
import dev.peephole.syntax.SyntaxTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a program may name: its own declarations, those of its imports, and the library's. */
public final class Declarations {
  private final Library library;
  private final Map<String, Declaration.Callable> callables = new LinkedHashMap<>();
  private final Map<String, Declaration.Const> constants = new LinkedHashMap<>();

  /**
   * @param trees the program's files, the main one first
   * @param library what else there is; the program's own declarations come before it
   */
  public Declarations(List<SyntaxTree> trees, Library library) {
    this.library = library;
    for (SyntaxTree tree : trees) {
      for (Declaration declaration : tree.declarations()) {
        if (declaration instanceof Declaration.Callable callable) {
          callables.putIfAbsent(callable.name().name(), callable);
        } else if (declaration instanceof Declaration.Const constant) {
          constants.putIfAbsent(constant.name().name(), constant);
        }
      }
    }
  }

  /** What a name means where it stands; the library does not see a program's declarations. */
  public Optional<Declaration.Callable> callable(Ident name) {
    return isLibrary(name.span().file()) ? library.find(name.name()) : callable(name.name());
  }

  private Optional<Declaration.Callable> callable(String name) {
    return Optional.ofNullable(callables.get(name)).or(() -> library.find(name));
  }

  /** The constant that a name means where it stands. */
  public Optional<Declaration.Const> constant(Ident name) {
    return isLibrary(name.span().file())
        ? library.constant(name.name())
        : Optional.ofNullable(constants.get(name.name())).or(() -> library.constant(name.name()));
  }

  public boolean isLibrary(SourceFile file) {
    return library.holds(file);
  }

  /** Every name that can be called or used, for suggestions. */
  public List<String> names() {
    TreeSet<String> all = new TreeSet<>(library.names());
    all.addAll(Primitives.all().keySet());
    all.addAll(callables.keySet());
    all.addAll(constants.keySet());
    return List.copyOf(all);
  }

  /** The names of one kind of declaration. */
  public List<String> names(Declaration.Kind kind) {
    return names().stream()
        .filter(n -> callable(n).filter(c -> c.kind() == kind).isPresent())
        .toList();
  }
}
