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
import java.util.HashMap;
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

    /** What its code is made with. */
    Set<Optimization> optimizations() {
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
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) {
      Program program = programs.get(i);
      Map<Set<Optimization>, Program> derived = new HashMap<>();
      for (Variant v : variants) {
        Program own = derived.computeIfAbsent(v.optimizations(), some -> again(program, some));
        texts.put(className(i, v), text(own, className(i, v), v));
      }
    }
    Map<String, Model> made = models(texts);
    List<Map<Variant, Model>> models = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      Map<Variant, Model> each = new LinkedHashMap<>();
      for (Variant v : variants) {
        each.put(v, made.get(className(i, v)));
      }
      models.add(each);
    }
    return models;
  }

  /** A program that passes were run over before, by those of the variant. */
  private static Program again(Program derived, Set<Optimization> optimizations) {
    return derived.checked().map(c -> Pipeline.run(c, optimizations)).orElse(derived);
  }

  /** A model of each class, by its name, of which this is the text. */
  static Map<String, Model> models(Map<String, String> texts) {
    Map<String, String> files = new LinkedHashMap<>();
    texts.forEach((name, text) -> files.put(name + ".java", text));
    ClassLoader loader = MemoryCompiler.compile(files).loader();
    Map<String, Model> models = new LinkedHashMap<>();
    texts.keySet().forEach(name -> models.put(name, make(loader, name)));
    return models;
  }

  /**
   * The text of a class, of a program that the passes have made with the variant's optimisations.
   */
  static String text(Program program, String name, Variant v) {
    return new ModelClass(program, name, v.style(), v.precision(), v.optimizations()).text();
  }

  /** A model of one program in one variant. */
  public static Model model(Program program, Variant variant) {
    return models(List.of(program), List.of(variant)).get(0).get(variant);
  }

  private static String className(int number, Variant variant) {
    return "Program" + number + "_" + variant.toString().replace(' ', '_');
  }

  /** A further model of the same class. */
  static Model another(Model model) {
    return make(model.getClass().getClassLoader(), model.getClass().getName());
  }

  private static Model make(ClassLoader loader, String name) {
    try {
      return (Model) loader.loadClass(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
