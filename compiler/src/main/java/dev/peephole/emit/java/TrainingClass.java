package dev.peephole.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.peephole.emit.java.print.Tidy;
import dev.peephole.ir.TrainingPlan;
import dev.peephole.ir.TrainingPlan.Argument;
import dev.peephole.ir.TrainingPlan.Step;
import dev.peephole.op.Constant;
import dev.peephole.runtime.data.example.Binding;
import dev.peephole.runtime.data.example.Selector;
import dev.peephole.runtime.train.command.Trainer;
import dev.peephole.runtime.train.plan.Plan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** Writes a training plan as a Java class whose main method trains. */
public final class TrainingClass {
  private final TrainingPlan plan;
  private final String modelFile;
  private final Set<String> selectors = new TreeSet<>();

  /**
   * @param modelFile the name of the model file, without its folder
   */
  public TrainingClass(TrainingPlan plan, String modelFile) {
    this.plan = plan;
    this.modelFile = modelFile;
  }

  /**
   * The text of the file; the network's classes are {@code model} and, in the other style, {@code
   * textbook}.
   */
  public String text(String model, String textbook) {
    TypeSpec type =
        TypeSpec.classBuilder(plan.network() + "Training")
            .addJavadoc("Trains {@link $L} as {@code $L} says.\n", model, modelFile)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(
                MethodSpec.methodBuilder("plan")
                    .addJavadoc("The training plan, clause by clause.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .returns(Plan.class)
                    .addCode(planCode())
                    .build())
            .addMethod(
                MethodSpec.methodBuilder("main")
                    .addJavadoc("Trains; {@code --help} lists the options.\n")
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addParameter(ArrayTypeName.of(String.class), "arguments")
                    .addStatement(
                        "$T.exit($T.main(plan(), $T::new, $T::new, arguments))",
                        System.class,
                        Trainer.class,
                        ClassName.get("", model),
                        ClassName.get("", textbook))
                    .build())
            .build();
    JavaFile.Builder file = JavaFile.builder("", type).skipJavaLangImports(true);
    if (!selectors.isEmpty()) {
      file.addStaticImport(Binding.class, "bind");
      selectors.forEach(s -> file.addStaticImport(Selector.class, s));
    }
    return Tidy.text(file.build());
  }

  private CodeBlock planCode() {
    CodeBlock.Builder code =
        CodeBlock.builder().add("return $T.of($S)\n$>$>", Plan.class, plan.network());
    code.add(".modelFile($S)\n", modelFile);
    for (TrainingPlan.Clause clause : plan.clauses()) {
      List<CodeBlock> arguments = clause.arguments().stream().map(this::argument).toList();
      boolean wide = arguments.stream().mapToInt(a -> a.toString().length()).sum() > 70;
      code.add(".$L(", clause.method());
      code.add(wide ? "\n$>$>$L$<$<" : "$L", CodeBlock.join(arguments, wide ? ",\n" : ", "));
      code.add(")\n");
    }
    return code.add(".build();$<$<\n").build();
  }

  private CodeBlock argument(Argument argument) {
    if (argument instanceof Argument.Literal literal) {
      return literal(literal.value());
    } else if (argument instanceof Argument.Source source) {
      List<CodeBlock> arguments = source.arguments().stream().map(this::literal).toList();
      return CodeBlock.of("new $T($L)", source.value().getClass(), CodeBlock.join(arguments, ", "));
    }
    return binding((Argument.Binding) argument);
  }

  private CodeBlock literal(Object value) {
    if (value instanceof String text) {
      return CodeBlock.of("$S", text);
    }
    if (value instanceof Double number && number.isInfinite()) {
      String end = number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY";
      return CodeBlock.of("$T.$L", Double.class, end);
    }
    return CodeBlock.of(
        "$L", value instanceof Double number ? Constant.text(number) : value.toString());
  }

  private CodeBlock binding(Argument.Binding binding) {
    String selector = binding.column() ? "columns" : "field";
    selectors.add(selector);
    List<CodeBlock> fields = binding.fields().stream().map(this::literal).toList();
    CodeBlock.Builder code =
        CodeBlock.builder().add("$L($L)", selector, CodeBlock.join(fields, ", "));
    if (!binding.map().isEmpty()) {
      code.add(".map(v -> $L)", map(binding.map()));
    }
    binding.rows().ifPresent(rows -> code.add(".rows($L, $L)", rows.from(), rows.to()));
    return CodeBlock.of("bind($S, $L)", binding.tensor(), code.build());
  }

  /** {@code v / 255 - 0.5}. */
  private static String map(List<Step> steps) {
    String text = "v";
    boolean atom = true;
    for (Step step : steps) {
      String symbol = step.operation().symbol();
      String inner =
          atom || !step.operation().isProduct() && !step.reversed() ? text : "(" + text + ")";
      String number = Constant.text(step.number());
      text =
          step.reversed()
              ? number + " " + symbol + " " + inner
              : inner + " " + symbol + " " + number;
      atom = false;
    }
    return text;
  }
}
