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
import dev.peephole.emit.ReduceLoops;
import dev.peephole.emit.RowStarts;
import dev.peephole.emit.Scope;
import dev.peephole.emit.java.print.JavaPrinter;
import dev.peephole.emit.java.print.Precision;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
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
      List.of("model", "VECTORS", "Vectors", "SPECIES", "LANES", ShortRows.SHARED);

  /** Seen from the methods, where values that all rows share are copied to. */
  static final String SHARED = "model." + ShortRows.SHARED;

  private static final ClassName SPECIES = ClassName.get(VectorApi.MODULE, "VectorSpecies");

  private final String className;
  private final BiPredicate<Var, Var> inOneArray;
  private final Identifiers identifiers;
  private final Lowering numbers;
  private final JavaPrinter printer;

  /** Names that are taken, from the beginning those of the vectors' own functions. */
  private final Set<String> names = new HashSet<>(Set.of("broadcast", "fromArray"));

  private final List<MethodSpec> methods = new ArrayList<>();
  private int room;

  /**
   * @param className the class around it, whose loops these are
   * @param places where that class keeps its values
   * @param inOneArray whether it keeps two values in the same array
   * @param numbers writes its numbers
   */
  public VectorLoops(
      String className,
      Places places,
      BiPredicate<Var, Var> inOneArray,
      Lowering numbers,
      JavaPrinter printer) {
    this.className = className;
    this.inOneArray = inOneArray;
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

  /** Where the loops begin: where vectors end, if they suit the loop. */
  @Override
  public Starts of(Kernel.Loop loop, Scope scope) {
    Shape domain = loop.domain();
    if (!areMany(domain, scope) || !Rows.suit(loop)) {
      return Starts.ZERO;
    } else if (!Rows.areLong(domain)) {
      ShortRows rows = new ShortRows(loop, domain, numbers, scope);
      return rows.suit(loop, inOneArray) ? call(loop, rows, rows.of(loop)) : Starts.ZERO;
    }
    VectorBody body = new VectorBody(domain, numbers, scope, Map.of());
    return call(loop, domain, body.of(loop.body()), scope);
  }

  /** The same for a sum over the outer axes. */
  @Override
  public Starts inPlace(Kernel.Reduce reduce, Scope scope) {
    Shape domain = reduce.domain();
    if (!areMany(domain, scope) || !Rows.suitSum(reduce)) {
      return Starts.ZERO;
    } else if (!Rows.areLong(domain)) {
      ShortRows rows = new ShortRows(reduce, domain, numbers, scope);
      return rows.suitSum(reduce) ? call(reduce, rows, rows.sum(reduce)) : Starts.ZERO;
    }
    VectorBody body = new VectorBody(domain, numbers, scope, Map.of());
    return call(reduce, domain, body.sum(reduce, ReduceLoops.target(reduce)), scope);
  }

  @Override
  public Starts each(Kernel.Reduce reduce, Scope scope) {
    Shape domain = reduce.domain();
    ShortRows rows = new ShortRows(reduce, domain, numbers, scope);
    return areMany(domain, scope)
            && Rows.suitResults(reduce)
            && rows.suitResults(reduce, inOneArray)
        ? call(reduce, rows, rows.results(reduce))
        : Starts.ZERO;
  }

  /**
   * Whether rows are many, for each example and time step one: until the just-in-time compiler has
   * seen thousands, vectors are far slower than numbers.
   */
  private static boolean areMany(Shape domain, Scope scope) {
    return domain.batched() && (scope.time().isPresent() || Extents.loopedOver(domain).size() > 2);
  }

  private String name(Kernel kernel) {
    String value = identifiers.of(kernel.results().get(0));
    String name = value;
    for (int count = 2; !names.add(name); count++) {
      name = value + count;
    }
    return name;
  }

  /** A method that begins a row. */
  private Starts call(Kernel kernel, Shape domain, List<Statement> statements, Scope scope) {
    String name = name(kernel);
    int axis = domain.rank() - 1;
    String k = scope.positions().get(axis);
    int length = domain.axis(axis);
    List<String> arguments = arguments(domain, statements, scope);
    methods.add(
        method(name, arguments)
            .addStatement("int $L = 0", k)
            .beginControlFlow("for (; $1L <= $2L - LANES; $1L += LANES)", k, length)
            .addCode(printer.anchored(Printed.Mark.of(kernel), printer.code(statements)))
            .endControlFlow()
            .addStatement("return $L", k)
            .build());
    return Starts.rows(begin(name, arguments));
  }

  /** A method that does all rows but the last example's. */
  private Starts call(Kernel kernel, ShortRows rows, List<Statement> statements) {
    String name = name(kernel);
    List<String> arguments = List.of(Extents.EXAMPLES);
    room = Math.max(room, rows.room());
    methods.add(
        method(name, arguments)
            .addCode(printer.anchored(Printed.Mark.of(kernel), printer.code(statements)))
            .addStatement("return $L - 1", Extents.EXAMPLES)
            .build());
    return new Starts(begin(name, arguments), Expr.whole(0));
  }

  private MethodSpec.Builder method(String name, List<String> arguments) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.STATIC)
            .returns(TypeName.INT)
            .addParameter(ClassName.get("", className), "model");
    arguments.forEach(argument -> method.addParameter(TypeName.INT, argument));
    return method;
  }

  private static Expr begin(String name, List<String> arguments) {
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

  /** A field of the class around it: where values that all rows share are copied to. */
  public Optional<FieldSpec> field() {
    return room == 0
        ? Optional.empty()
        : Optional.of(
            FieldSpec.builder(float[].class, ShortRows.SHARED, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new float[$L]", room)
                .addJavadoc("What all rows of a loop share, with room for vectors behind it.\n")
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
