package dev.peephole.emit.java.print;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import dev.peephole.loop.Printed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Marks code while it is written. JavaPoet does not say on which line a statement comes to stand,
 * so a line of its own before and behind the statements says where they come from, and an
 * annotation says it of a field; these lines are taken out when the text is whole.
 */
public final class Anchors {
  /** A character for private use, which no model and no Java has. */
  private static final String ANCHOR = "\uE000";

  /** An annotation has a name of letters; no model has a dollar sign in one. */
  private static final String ANNOTATION = "$anchor";

  private static final String FIELD = "@" + ANNOTATION;

  private final List<Printed.Mark> marks = new ArrayList<>();

  /** The code with anchors around it. */
  CodeBlock around(Printed.Mark mark, CodeBlock code) {
    String anchor = ANCHOR + marks.size();
    marks.add(mark);
    return CodeBlock.builder().add("$L\n", anchor).add(code).add("$L\n", anchor).build();
  }

  /** The field of a value, with an anchor. */
  public FieldSpec field(Printed.Mark mark, FieldSpec field) {
    marks.add(mark);
    return annotated(field, String.valueOf(marks.size() - 1));
  }

  /** A field that is about no value. */
  public static FieldSpec field(FieldSpec field) {
    return annotated(field, "");
  }

  private static FieldSpec annotated(FieldSpec field, String number) {
    ClassName name = ClassName.get("", ANNOTATION + number);
    return field.toBuilder().addAnnotation(AnnotationSpec.builder(name).build()).build();
  }

  /** The text without the anchors, and the lines that stood between them. */
  public Printed printed(JavaFile file) {
    List<String> lines = new ArrayList<>();
    Set<Integer> fields = new HashSet<>();
    List<Printed.Piece> pieces = new ArrayList<>();
    Map<Integer, Integer> begun = new HashMap<>();
    for (String line : file.toString().split("\n", -1)) {
      String anchor = line.strip();
      if (anchor.startsWith(FIELD)) {
        int declared = lines.size() + 1;
        fields.add(declared);
        mark(anchor.substring(FIELD.length()))
            .ifPresent(mark -> pieces.add(new Printed.Piece(mark, declared, declared)));
      } else if (anchor.startsWith(ANCHOR)) {
        int number = Integer.parseInt(anchor.substring(ANCHOR.length()));
        Integer from = begun.remove(number);
        if (from == null) {
          begun.put(number, lines.size() + 1);
        } else if (from <= lines.size()) {
          pieces.add(new Printed.Piece(marks.get(number), from, lines.size()));
        }
      } else {
        lines.add(line);
      }
    }
    Tidy tidy = new Tidy(lines, fields);
    List<Printed.Piece> moved =
        pieces.stream()
            .map(p -> new Printed.Piece(p.mark(), tidy.number(p.from()), tidy.number(p.to())))
            .toList();
    return new Printed(tidy.text(), moved);
  }

  private Optional<Printed.Mark> mark(String number) {
    return number.isEmpty() ? Optional.empty() : Optional.of(marks.get(Integer.parseInt(number)));
  }
}
