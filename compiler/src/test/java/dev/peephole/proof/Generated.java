package dev.peephole.proof;

import dev.peephole.driver.MemoryCompiler;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Optimization;
import dev.peephole.kernel.Style;
import dev.peephole.pipeline.Pipeline;
import dev.peephole.runtime.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Programs as generated Java, compiled together because that is much faster. */
public final class Generated {
  private Generated() {}

  /**
   * A style and a precision.
   *
   * @param without an optimisation of the style that is left out, if one is
   */
  public record Variant(Style style, Precision precision, Optional<Optimization> without) {
    public static final Variant TEXTBOOK = new Variant(Style.TEXTBOOK, Precision.DOUBLE);
    public static final Variant FAST = new Variant(Style.FAST, Precision.DOUBLE);
    public static final Variant FLOAT_TEXTBOOK = new Variant(Style.TEXTBOOK, Precision.FLOAT);
    public static final Variant FLOAT_FAST = new Variant(Style.FAST, Precision.FLOAT);

    private Variant(Style style, Precision precision) {
      this(style, precision, Optional.empty());
    }

    /** The fast style without one of its optimisations. */
    static Variant without(Optimization optimization, Precision precision) {
      return new Variant(Style.FAST, precision, Optional.of(optimization));
    }

    private Set<Optimization> optimizations() {
      return without.map(Optimization::without).orElse(Optimization.of(style));
    }

    public static List<Variant> all() {
      return List.of(TEXTBOOK, FAST, FLOAT_TEXTBOOK, FLOAT_FAST);
    }

    @Override
    public String toString() {
      return style + " in " + precision + without.map(o -> " without " + o).orElse("");
    }
  }

  /** A model of each program in each variant. */
  public static List<Map<Variant, Model>> models(List<Program> programs, List<Variant> variants) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) {
      for (Variant v : variants) {
        String name = className(i, v);
        sources.put(name + ".java", text(programs.get(i), name, v));
      }
    }
    ClassLoader loader = MemoryCompiler.compile(sources).loader();
    List<Map<Variant, Model>> models = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      Map<Variant, Model> each = new LinkedHashMap<>();
      for (Variant v : variants) {
        each.put(v, make(loader, className(i, v)));
      }
      models.add(each);
    }
    return models;
  }

  /** The text of a class, of a program whose passes are run again as the variant has them. */
  static String text(Program program, String name, Variant v) {
    Program own = Pipeline.again(program, v.optimizations());
    return new ModelClass(own, name, v.style(), v.precision(), v.optimizations()).text();
  }

  /** A model of one program in one variant. */
  public static Model model(Program program, Variant variant) {
    return models(List.of(program), List.of(variant)).get(0).get(variant);
  }

  private static String className(int number, Variant variant) {
    return "Program" + number + "_" + variant.toString().replace(' ', '_');
  }

  private static Model make(ClassLoader loader, String name) {
    try {
      return (Model) loader.loadClass(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
