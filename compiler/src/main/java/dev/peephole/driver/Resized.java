package dev.peephole.driver;

import dev.peephole.check.data.DataAccess;
import dev.peephole.check.plan.Clauses;
import dev.peephole.diagnostic.Diagnostics;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.data.Nearest;
import dev.peephole.source.SourceFile;
import dev.peephole.syntax.Declaration;
import dev.peephole.syntax.Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model with other numbers for some of its constants, such as one with three units to be read
 * beside the one with fifty to be trained.
 *
 * @param compilation of the model with the other numbers
 * @param said what they are, and what the model has
 */
public record Resized(Compilation compilation, String said) {

  /**
   * Compiles a file with other constants.
   *
   * @param numbers by the names of constants that the file itself declares
   * @throws DataException if it declares no such constant
   */
  public static Resized compile(Path file, Map<String, Integer> numbers, DataAccess data) {
    String text = SourceText.read(file);
    SourceFile source = new SourceFile(file.toString(), text);
    Map<String, Declaration.Const> constants = new LinkedHashMap<>();
    for (Declaration each :
        Parser.parse(source, Clauses.forms(), new Diagnostics()).declarations()) {
      if (each instanceof Declaration.Const constant) {
        constants.put(constant.name().name(), constant);
      }
    }
    List<String> said = new ArrayList<>();
    StringBuilder resized = new StringBuilder(text);
    // From the last one on, so that places before it stay.
    constants.entrySet().stream()
        .filter(each -> numbers.containsKey(each.getKey()))
        .sorted((a, b) -> b.getValue().span().start() - a.getValue().span().start())
        .forEach(
            each -> {
              int from = each.getValue().value().span().start();
              int to = each.getValue().value().span().end();
              int number = numbers.get(each.getKey());
              said.add(
                  0,
                  "%s = %s (in the code %s)"
                      .formatted(each.getKey(), number, text.substring(from, to)));
              resized.replace(from, to, Integer.toString(number));
            });
    numbers.keySet().stream()
        .filter(name -> !constants.containsKey(name))
        .forEach(name -> unknown(file, name, List.copyOf(constants.keySet())));
    return new Resized(
        Frontend.compile(file, resized.toString(), data),
        said.stream().collect(Collectors.joining(", ")));
  }

  private static void unknown(Path file, String name, List<String> constants) {
    String hint =
        constants.isEmpty()
            ? "give the size a name: const %s = 50, and use that in the network".formatted(name)
            : Nearest.hint(name, constants);
    throw DataException.in(file.toString(), "declares no constant " + name, hint);
  }
}
