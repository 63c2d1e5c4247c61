package dev.peephole.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints statements of the loop language as lines of text that are as long as the page is wide. */
public final class TextPrinter {
  private static final String INDENT = "  ";
  private static final String CONTINUED = "    ";

  private final Target target;
  private final Expressions expressions;
  private final int width;
  private final StringBuilder text = new StringBuilder();
  private final List<Printed.Piece> pieces = new ArrayList<>();
  private int depth;
  private int lines;

  private TextPrinter(Target target, int width, int depth) {
    this.target = target;
    this.expressions = new Expressions(target);
    this.width = width;
    this.depth = depth;
  }

  /**
   * The lines of some statements, with those of each value's equation.
   *
   * @param width how many letters a line has at most, if it can be broken
   * @param depth how deep the lines are nested in what is around them
   */
  public static Printed print(List<Statement> statements, Target target, int width, int depth) {
    TextPrinter printer = new TextPrinter(target, width, depth);
    printer.add(statements);
    return new Printed(printer.text.toString(), printer.pieces);
  }

  private void add(List<Statement> statements) {
    statements.forEach(this::add);
  }

  private void add(Statement statement) {
    if (statement instanceof Statement.Step step) {
      add(step.body());
    } else if (statement instanceof Statement.From from) {
      int first = lines + 1;
      add(from.body());
      pieces.add(new Printed.Piece(Printed.Mark.of(from), first, lines));
    } else if (statement instanceof Statement.Comment comment) {
      comment.lines().forEach(this::comment);
    } else if (statement instanceof Statement.Declare declare) {
      String begin = target.declares(declare.kind(), declare.assigned());
      line(begin + " " + declare.name() + " = ", declare.value(), ";");
    } else if (statement instanceof Statement.Assign assign) {
      line(expressions.text(assign.to()) + " = ", assign.value(), ";");
    } else if (statement instanceof Statement.Accumulate accumulate) {
      line(expressions.text(accumulate.to()) + " += ", accumulate.value(), ";");
    } else if (statement instanceof Statement.For loop) {
      line(expressions.head(loop) + " {");
      block(loop.body());
      line("}");
    } else if (statement instanceof Statement.If test) {
      branches(test);
    } else if (statement instanceof Statement.Fill fill) {
      line("", new Expr.Call("", target.fill(), fill.arguments()), ";");
    } else if (statement instanceof Statement.Copy copy) {
      line("", new Expr.Call("", target.copy(), copy.arguments()), ";");
    } else if (statement instanceof Statement.Perform perform) {
      line("", perform.call(), ";");
    } else if (statement instanceof Statement.Shared shared) {
      String arrays =
          shared.arrays().stream().map(expressions::text).collect(Collectors.joining(", "));
      line(target.shared() + " " + shared.type() + " " + arrays + ";");
    } else {
      line("return;");
    }
  }

  private void comment(Printed said) {
    said.pieces().forEach(piece -> pieces.add(piece.below(lines)));
    said.text().lines().forEach(each -> line("// " + each));
  }

  private void branches(Statement.If test) {
    line("if (", test.test(), ") {");
    block(test.then());
    if (!test.otherwise().isEmpty()) {
      line("} else {");
      block(test.otherwise());
    }
    line("}");
  }

  private void block(List<Statement> body) {
    depth++;
    add(body);
    depth--;
  }

  private void line(String line) {
    end(INDENT.repeat(depth) + line);
  }

  private void end(String line) {
    text.append(line).append('\n');
    lines++;
  }

  private void line(String begin, Expr expr, String end) {
    String indent = INDENT.repeat(depth);
    Code code = expressions.code(expr);
    List<Code.Break> breaks = new ArrayList<>();
    code.breaks().forEach(b -> breaks.add(b.moved(indent.length() + begin.length(), 0)));
    String all = indent + begin + code.text() + end;
    String before = "";
    int start = 0;
    while (before.length() + all.length() - start > width) {
      Optional<Code.Break> place = last(breaks, start, start + width - before.length());
      if (place.isEmpty()) {
        break;
      }
      end(before + all.substring(start, place.get().at()));
      start = place.get().next();
      before = indent + CONTINUED;
    }
    end(before + all.substring(start));
  }

  /** The last place of a part of a line that is inside as few expressions as can be. */
  private static Optional<Code.Break> last(List<Code.Break> breaks, int from, int to) {
    return breaks.stream()
        .filter(b -> b.at() > from && b.at() <= to)
        .min(
            Comparator.comparingInt(Code.Break::depth)
                .thenComparing(Code.Break::at, Comparator.reverseOrder()));
  }
}
