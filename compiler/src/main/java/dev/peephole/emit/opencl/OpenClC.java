package dev.peephole.emit.opencl;

import dev.peephole.emit.Lowering;
import dev.peephole.ir.Element;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Target;
import dev.peephole.op.Constant;
import dev.peephole.op.Elementwise;
import dev.peephole.op.Notation;
import java.util.Set;

/** How expressions are written in OpenCL C 1.2. */
final class OpenClC implements Target {
  /** What no value may be called: C's own words, and what the kernels say besides the model's. */
  private static final Set<String> RESERVED =
      Set.of(
          ("auto extern inline register restrict signed sizeof struct typedef union unsigned bool"
                  + " half uchar ushort uint ulong size_t kernel global local constant private"
                  + " read_only write_only read_write pipe true false NULL NAN INFINITY barrier"
                  + " isnan isfinite item result row column rows parts left right found ITEMS"
                  + " GROUP seed stream training"
                  + " mix clamp select step sign degrees radians smoothstep length distance dot cross"
                  + " normalize all any shuffle mad fma hypot")
              .split(" "));

  @Override
  public String type(Kind kind) {
    return kind == Kind.INT ? "int" : "float";
  }

  @Override
  public String declares(Kind kind, boolean assigned) {
    return (assigned ? "" : "const ") + type(kind);
  }

  @Override
  public String shared() {
    return "local";
  }

  @Override
  public String literal(double value) {
    if (Double.isInfinite(value)) {
      return value < 0 ? "-INFINITY" : "INFINITY";
    }
    if (Double.isNaN(value)) {
      return "NAN";
    }
    return (Lowering.isWhole(value) ? Constant.text(value) + ".0" : Float.toString((float) value))
        + "f";
  }

  @Override
  public Notation notation(Elementwise op) {
    return op.openCl();
  }

  @Override
  public String training() {
    return Signature.TRAINING;
  }

  /** Its functions are there for several types of numbers, and an int fits none better. */
  @Override
  public boolean callsTakeInts() {
    return false;
  }

  /** The words that values cannot be called by. */
  static Set<String> reserved() {
    Set<String> words = new java.util.TreeSet<>(RESERVED);
    words.addAll(Function.names());
    OpenClC language = new OpenClC();
    for (Elementwise op : Elementwise.all()) {
      words.add(language.notation(op).function());
    }
    words.remove("");
    return words;
  }

  /** The type of an element of a value's buffer. */
  static String type(Element element) {
    return switch (element) {
      case REAL -> "float";
      case LABEL, COUNT -> "int";
      case TRUTH -> "uchar";
    };
  }

  /** A name in letters that every driver's compiler reads: {@code Δ} becomes {@code Delta}. */
  static String ascii(String name) {
    StringBuilder plain = new StringBuilder();
    name.codePoints().forEach(c -> plain.append(c < 128 ? Character.toString(c) : spelled(c)));
    return plain.toString();
  }

  /** The last word of the letter's name, in its case. */
  private static String spelled(int letter) {
    String name = Character.getName(letter);
    if (name == null) {
      return "u" + Integer.toHexString(letter);
    }
    String last = name.substring(name.lastIndexOf(' ') + 1).replaceAll("[^A-Z0-9]", "");
    String lower = last.toLowerCase(java.util.Locale.ROOT);
    return Character.isUpperCase(letter) ? last.charAt(0) + lower.substring(1) : lower;
  }
}
