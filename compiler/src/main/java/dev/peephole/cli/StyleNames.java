package dev.peephole.cli;

import dev.peephole.kernel.Style;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The styles of generated code as the command line calls them. */
final class StyleNames implements ITypeConverter<Style>, Iterable<String> {

  @Override
  public Style convert(String name) {
    return Arrays.stream(Style.values())
        .filter(style -> name(style).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + name + "' is neither textbook nor fast"));
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Style.values()).map(StyleNames::name).iterator();
  }

  private static String name(Style style) {
    return style.name().toLowerCase(Locale.ROOT);
  }
}
