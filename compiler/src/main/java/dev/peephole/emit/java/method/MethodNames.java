package dev.peephole.emit.java.method;

import dev.peephole.op.Elementwise;
import dev.peephole.runtime.BufferedModel;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.kernel.Matrix;
import dev.peephole.runtime.kernel.MatrixNotation;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** Names for methods after what the library calls things, unless another one goes by them. */
public final class MethodNames {
  private final Set<String> taken = new HashSet<>(Set.of("forward"));

  /**
   * @param base the class that the generated one extends
   */
  public MethodNames(Class<?> base) {
    Stream.of(
            Model.class.getMethods(),
            base.getDeclaredMethods(),
            BufferedModel.class.getDeclaredMethods(),
            MatrixNotation.class.getDeclaredMethods(),
            Matrix.class.getDeclaredMethods())
        .flatMap(Stream::of)
        .forEach(method -> taken.add(method.getName()));
    Elementwise.all().forEach(op -> taken.add(op.code().function()));
  }

  /** The next name after one that is wished for: itself, or with a number behind it. */
  public String of(String wished) {
    String name = wished;
    for (int k = 2; SourceVersion.isKeyword(name) || !taken.add(name); k++) {
      name = wished + k;
    }
    return name;
  }
}
