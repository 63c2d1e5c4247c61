package dev.peephole.emit.java.print;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeName;
import dev.peephole.emit.Captions;
import dev.peephole.loop.Code;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Expressions;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.runtime.kernel.Real;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Prints statements of the loop language in Java. */
public final class JavaPrinter {
  private static final String PACKAGE = Real.class.getPackageName();

  private final Precision precision;
  private final Anchors anchors;
  private final Expressions expressions;
  private final Map<ClassName, Set<String>> called = new TreeMap<>();

  /** One that puts anchors around what comes of each kernel and of each equation. */
  public JavaPrinter(Precision precision, Anchors anchors) {
    this.precision = precision;
    this.anchors = anchors;
    this.expressions = new Expressions(precision);
  }

  /** Lets a file call the functions of all that was printed by their names alone. */
  public void imports(JavaFile.Builder file) {
    called.forEach(
        (owner, functions) -> functions.forEach(function -> file.addStaticImport(owner, function)));
  }

  /** Some statements; an empty line goes before each kernel but a first one. */
  public CodeBlock code(List<Statement> statements) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < statements.size(); i++) {
      if (i > 0 && statements.get(i) instanceof Statement.Step) {
        code.add("\n");
      }
      add(statements.get(i), code);
    }
    return code.build();
  }

  private void add(Statement statement, CodeBlock.Builder code) {
    if (statement instanceof Statement.Step step) {
      CodeBlock.Builder inside = CodeBlock.builder();
      comment(Captions.above(step.kernel()), inside);
      inside.add(code(step.body()));
      code.add(anchored(Printed.Mark.of(step.kernel()), inside.build()));
    } else if (statement instanceof Statement.From from) {
      code.add(anchored(Printed.Mark.of(from), code(from.body())));
    } else if (statement instanceof Statement.Comment comment) {
      comment(comment.lines(), code);
    } else if (statement instanceof Statement.Declare declare) {
      code.addStatement(
          "$T $L = $L", type(declare.kind()), declare.name(), wrapped(declare.value()));
    } else if (statement instanceof Statement.Assign assign) {
      code.addStatement("$L =$W$L", text(assign.to()), wrapped(assign.value()));
    } else if (statement instanceof Statement.Accumulate accumulate) {
      code.addStatement("$L += $L", text(accumulate.to()), wrapped(accumulate.value()));
    } else if (statement instanceof Statement.For loop) {
      code.beginControlFlow("$L", head(loop)).add(code(loop.body())).endControlFlow();
    } else if (statement instanceof Statement.If test) {
      branches(test, code);
    } else if (statement instanceof Statement.Fill fill) {
      Expr call = new Expr.Call("", "fill", fill.arguments());
      code.addStatement("$T.$L", Arrays.class, wrapped(call));
    } else if (statement instanceof Statement.Copy copy) {
      code.addStatement("$L", wrapped(new Expr.Call("", precision.copy(), copy.arguments())));
    } else if (statement instanceof Statement.Perform perform) {
      perform(perform.call(), code);
    } else {
      throw new IllegalStateException("no Java for " + statement);
    }
  }

  /** Code that comes from somewhere, in anchors. */
  public CodeBlock anchored(Printed.Mark mark, CodeBlock code) {
    return anchors.around(mark, code);
  }

  /** How a loop begins. */
  public String head(Statement.For loop) {
    return expressions.head(loop);
  }

  /** A new object's class is imported by its name. */
  private void perform(Expr call, CodeBlock.Builder code) {
    if (call instanceof Expr.Method method && method.of() instanceof Expr.New made) {
      Expr constructor = new Expr.Call("", "", made.arguments());
      Expr called = new Expr.Call("", method.function(), method.arguments());
      ClassName type = ClassName.get(PACKAGE, made.library());
      code.addStatement("new $T$L.$L", type, text(constructor), text(called));
    } else {
      code.addStatement("$L", wrapped(call));
    }
  }

  private TypeName type(Kind kind) {
    return switch (kind) {
      case INT -> TypeName.INT;
      case VECTOR -> Precision.VECTORS;
      default -> precision.type();
    };
  }

  private void branches(Statement.If test, CodeBlock.Builder code) {
    code.beginControlFlow("if ($L)", text(test.test())).add(code(test.then()));
    if (!test.otherwise().isEmpty()) {
      code.nextControlFlow("else").add(code(test.otherwise()));
    }
    code.endControlFlow();
  }

  /** The equations, and the lines of the model beside them. */
  public void comment(List<Printed> lines, CodeBlock.Builder code) {
    for (Printed line : lines) {
      CodeBlock.Builder comment = CodeBlock.builder();
      line.text().lines().forEach(each -> comment.add("// $L\n", Commented.text(each)));
      code.add(anchored(line.pieces().get(0).mark(), comment.build()));
    }
  }

  private String text(Expr expr) {
    return checked(expr).text();
  }

  /** An expression that may go on in the next line. */
  public CodeBlock wrapped(Expr expr) {
    return Wrapped.code(checked(expr));
  }

  /** The code of an expression, whose functions are called by their names from then on. */
  private Code checked(Expr expr) {
    expr.forEach(
        part -> {
          if (part instanceof Expr.Call call && !call.library().isEmpty()) {
            function(owner(call.library()), call.function());
          } else if (part instanceof Expr.Operation operation) {
            String name = operation.op().code().function();
            if (!name.isEmpty()) {
              Class<?> owner = operation.op().isInStrictMath() ? StrictMath.class : Real.class;
              function(ClassName.get(owner), name);
            }
          }
        });
    return expressions.code(expr);
  }

  private static ClassName owner(String library) {
    return library.equals(Precision.VECTORS.simpleName())
        ? Precision.VECTORS
        : ClassName.get(PACKAGE, library);
  }

  private void function(ClassName owner, String name) {
    called.computeIfAbsent(owner, o -> new TreeSet<>()).add(name);
  }
}
