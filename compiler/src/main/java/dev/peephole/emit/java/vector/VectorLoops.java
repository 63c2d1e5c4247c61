package dev.peephole.emit.java.vector;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.peephole.emit.Extents;
import dev.peephole.emit.Identifiers;
import dev.peephole.emit.Lowering;
import dev.peephole.emit.Places;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.Scope;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.ir.Index;
import dev.peephole.ir.Shape;
import dev.peephole.ir.Var;
import dev.peephole.kernel.Kernel;
import dev.peephole.loop.Expr;
import dev.peephole.loop.Kind;
import dev.peephole.loop.Mentioned;
import dev.peephole.loop.Printed;
import dev.peephole.loop.Statement;
import dev.peephole.runtime.kernel.VectorApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Writes loops along rows once more, for a vector of numbers at a time, through the JDK's Vector
 * API: the nested class {@code Vectors}, a method a loop. The loop itself goes on where its method
 * ended.
 *
 * <pre>
 * for (int k = VECTORS ? Vectors.h(this, n) : 0; k &lt; 128; k++) {
 *   h[n * 128 + k] = xW[n * 128 + k] + b[k];
 * }
 *
 * for (; k &lt;= 128 - LANES; k += LANES) {
 *   fromArray(SPECIES, model.xW, n * 128 + k).add(fromArray(SPECIES, model.b, k)).intoArray(model.h, n * 128 + k);
 * }
 * </pre>
 *
 * The statements, their order and so all bits are the same. What is read more than once gets a
 * name; the just-in-time compiler would read it again, for all it knows of what has been written
 * since.
 */
public final class VectorLoops implements RowStarts {
  /** What the code calls itself. */
  public static final List<String> RESERVED =
      List.of("model", "VECTORS", "Vectors", "SPECIES", "LANES");

  private static final ClassName SPECIES = ClassName.get(VectorApi.MODULE, "VectorSpecies");

  private final String className;
  private final Identifiers identifiers;
  private final Lowering numbers;
  private final JavaPrinter printer;
  private final Map<String, Integer> names = new HashMap<>();
  private final List<MethodSpec> methods = new ArrayList<>();

  /**
   * @param className the class around it, whose loops these are
   * @param places where that class keeps its values
   * @param numbers writes its numbers
   */
  public VectorLoops(String className, Places places, Lowering numbers, JavaPrinter printer) {
    this.className = className;
    this.identifiers = numbers.identifiers();
    this.numbers = numbers.with(new OfModel(places));
    this.printer = printer;
  }

  /** The variables of the class around, seen from here. */
  private record OfModel(Places places) implements Places {
    @Override
    public String variable(Var var) {
      return "model." + places.variable(var);
    }

    @Override
    public boolean isArray(Var var) {
      return places.isArray(var);
    }

    @Override
    public boolean isTimed(Var var) {
      return places.isTimed(var);
    }
  }

  /** Where the innermost position of a loop begins: where vectors end, if they suit the loop. */
  @Override
  public Expr of(Kernel.Loop loop, Scope scope) {
    if (!areMany(loop.domain(), scope) || !Rows.suit(loop)) {
      return Expr.whole(0);
    }
    String name = identifiers.of(loop.results().get(0));
    VectorBody body = new VectorBody(loop.domain(), numbers, scope);
    return call(name, loop, loop.domain(), body.of(loop.body()), scope);
  }

  /** The same for a sum over the outer axes. */
  @Override
  public Expr of(Kernel.Reduce reduce, List<Index> at, Scope scope) {
    if (!areMany(reduce.domain(), scope) || !Rows.suit(reduce)) {
      return Expr.whole(0);
    }
    String name = identifiers.of(reduce.out());
    VectorBody body = new VectorBody(reduce.domain(), numbers, scope);
    return call(name, reduce, reduce.domain(), body.sum(reduce, at), scope);
  }

  /**
   * Whether rows are many, for each example and time step one: until the just-in-time compiler has
   * seen thousands, vectors are far slower than numbers.
   */
  private static boolean areMany(Shape domain, Scope scope) {
    return domain.batched() && (scope.time().isPresent() || Extents.loopedOver(domain).size() > 2);
  }

  private Expr call(
      String hint, Kernel kernel, Shape domain, List<Statement> statements, Scope scope) {
    int count = names.merge(hint, 1, Integer::sum);
    String name = count == 1 ? hint : hint + count;
    int axis = domain.rank() - 1;
    String k = scope.positions().get(axis);
    int length = domain.axis(axis);
    List<String> arguments = arguments(domain, statements, scope);
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.STATIC)
            .returns(TypeName.INT)
            .addParameter(ClassName.get("", className), "model");
    arguments.forEach(argument -> method.addParameter(TypeName.INT, argument));
    methods.add(
        method
            .addStatement("int $L = 0", k)
            .beginControlFlow("for (; $1L <= $2L - LANES; $1L += LANES)", k, length)
            .addCode(printer.anchored(Printed.Mark.of(kernel), printer.code(statements)))
            .endControlFlow()
            .addStatement("return $L", k)
            .build());
    List<Expr> given = new ArrayList<>(List.of(new Expr.Variable("this", Kind.OTHER)));
    arguments.forEach(argument -> given.add(Expr.position(argument)));
    Expr vectors = new Expr.Call("", "Vectors." + name, given);
    return new Expr.Choice(new Expr.Variable("VECTORS", Kind.OTHER), vectors, Expr.whole(0));
  }

  /** The positions and lengths that the statements mention. */
  private List<String> arguments(Shape domain, List<Statement> statements, Scope scope) {
    List<String> known = new ArrayList<>(List.of(Extents.EXAMPLES, Extents.STEPS));
    scope.time().ifPresent(time -> known.add(((Expr.Variable) time).name()));
    List<Integer> axes = Extents.loopedOver(domain);
    axes.subList(0, axes.size() - 1).forEach(axis -> known.add(scope.positions().get(axis)));
    Set<String> mentioned = Mentioned.variables(statements, Kind.INT);
    return known.stream().filter(mentioned::contains).toList();
  }

  /** The nested class, unless no loop suits. */
  public Optional<TypeSpec> type() {
    if (methods.isEmpty()) {
      return Optional.empty();
    }
    TypeName species = ParameterizedTypeName.get(SPECIES, TypeName.FLOAT.box());
    return Optional.of(
        TypeSpec.classBuilder("Vectors")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc(
                "Loops along rows, a vector of neighbours at a time: the same statements in the same order,\n"
                    + "and so the same bits. Each returns where it ended, and the loop itself does the rest;\n"
                    + "without the JDK's Vector API it does everything, and this class is never loaded.\n"
                    + "{@code javac} wants {@code --add-modules $L} for it.\n",
                VectorApi.MODULE)
            .addField(
                constant(
                    species, "SPECIES", CodeBlock.of("$T.SPECIES_PREFERRED", Precision.VECTORS)))
            .addField(constant(TypeName.INT, "LANES", CodeBlock.of("SPECIES.length()")))
            .addMethods(methods)
            .build());
  }

  private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(value)
        .build();
  }

  /** Lets the file ask by its name alone if there is the Vector API. */
  public void imports(JavaFile.Builder file) {
    if (!methods.isEmpty()) {
      file.addStaticImport(VectorApi.class, "VECTORS");
    }
  }
}
