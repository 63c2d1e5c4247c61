package dev.peephole.proof;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.peephole.driver.Frontend;
import dev.peephole.ir.Op;
import dev.peephole.pass.verify.Verify;
import dev.peephole.runtime.Model;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages in {@code docs/architecture.md}, and who may use what from elsewhere. */
class ArchitectureTest {
  private static final String ROOT = "dev.peephole.";

  /** What each package of the compiler may use besides itself. */
  private static final Map<String, List<String>> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("source", List.of()),
              Map.entry("diagnostic", List.of("source")),
              Map.entry("syntax", List.of("source", "diagnostic", "grammar")),
              Map.entry("ir", List.of("source", "runtime.data", "runtime.kernel")),
              Map.entry("op", List.of("ir", "runtime.kernel")),
              Map.entry("kernel", List.of("source", "ir")),
              Map.entry("pass.naming", List.of("ir", "op")),
              Map.entry("pass.simplify", List.of("ir", "op")),
              Map.entry("pass.differentiate", List.of("ir", "op", "range")),
              Map.entry("pass.recurrence", List.of("ir", "op", "pass.naming", "pass.simplify")),
              Map.entry("pass.join", List.of("ir", "op", "kernel")),
              Map.entry("pass.contract", List.of("ir", "op", "pass.simplify")),
              Map.entry("pass.lower", List.of("ir", "op", "kernel", "pass.naming")),
              Map.entry("pass.buffer", List.of("ir", "kernel", "pass.lower")),
              Map.entry("pass.verify", List.of("ir", "kernel", "pass.lower", "pass.buffer")),
              Map.entry("pipeline", List.of("ir", "kernel", "pass")),
              Map.entry("check.value", List.of("source", "diagnostic", "syntax", "ir", "op")),
              Map.entry(
                  "check.scope",
                  List.of("source", "diagnostic", "syntax", "ir", "op", "check.value")),
              Map.entry(
                  "check.evaluate",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "ir",
                      "op",
                      "range",
                      "check.value",
                      "check.scope")),
              Map.entry(
                  "check.data",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "ir",
                      "runtime.data",
                      "check.value",
                      "check.scope",
                      "check.evaluate")),
              Map.entry(
                  "check.plan",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "ir",
                      "op",
                      "range",
                      "runtime",
                      "check.value",
                      "check.scope",
                      "check.evaluate",
                      "check.data")),
              Map.entry(
                  "check",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "ir",
                      "op",
                      "range",
                      "check.value",
                      "check.scope",
                      "check.evaluate",
                      "check.data",
                      "check.plan",
                      "runtime.kernel")),
              Map.entry("interpret", List.of("ir", "op", "runtime.kernel")),
              Map.entry("range", List.of("source", "diagnostic", "ir", "op")),
              Map.entry("loop", List.of("ir", "op", "kernel")),
              Map.entry("emit", List.of("source", "ir", "op", "kernel", "loop")),
              Map.entry("emit.opencl", List.of("source", "ir", "op", "kernel", "loop", "emit")),
              Map.entry(
                  "emit.java.print",
                  List.of("ir", "op", "kernel", "loop", "emit", "runtime.kernel")),
              Map.entry(
                  "emit.java.vector",
                  List.of(
                      "ir", "op", "kernel", "loop", "emit", "emit.java.print", "runtime.kernel")),
              Map.entry(
                  "emit.java.routine",
                  List.of("ir", "op", "kernel", "loop", "emit", "runtime.kernel")),
              Map.entry(
                  "emit.java.buffer",
                  List.of("ir", "kernel", "emit", "loop", "emit.java.print", "runtime.opencl")),
              Map.entry(
                  "emit.java.method",
                  List.of(
                      "source",
                      "ir",
                      "op",
                      "kernel",
                      "loop",
                      "pass.lower",
                      "pipeline",
                      "emit",
                      "emit.java.print",
                      "emit.java.buffer",
                      "runtime")),
              Map.entry(
                  "emit.java",
                  List.of(
                      "source",
                      "ir",
                      "op",
                      "kernel",
                      "loop",
                      "pass.lower",
                      "pipeline",
                      "emit",
                      "emit.opencl",
                      "runtime")),
              Map.entry(
                  "driver",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "check",
                      "ir",
                      "op",
                      "range",
                      "pass.differentiate",
                      "pipeline",
                      "kernel",
                      "emit",
                      "emit.java",
                      "interpret",
                      "runtime")),
              Map.entry("lines", List.of("source", "ir", "kernel", "loop", "emit.java", "driver")),
              Map.entry(
                  "explain",
                  List.of(
                      "source",
                      "syntax",
                      "check",
                      "ir",
                      "op",
                      "kernel",
                      "pass",
                      "pipeline",
                      "loop",
                      "emit.java",
                      "interpret",
                      "driver",
                      "runtime.kernel")),
              Map.entry(
                  "playground",
                  List.of(
                      "source",
                      "diagnostic",
                      "syntax",
                      "check.data",
                      "ir",
                      "kernel",
                      "driver",
                      "explain",
                      "runtime")),
              Map.entry("cli", List.of(""))));

  private static final JavaClasses COMPILER = imported(Frontend.class);
  private static final JavaClasses RUNTIME = imported(Model.class);

  private static JavaClasses imported(Class<?> member) {
    URL place = member.getProtectionDomain().getCodeSource().getLocation();
    return new ClassFileImporter().importUrls(List.of(place));
  }

  private static String[] packages(Stream<String> names) {
    return names.map(n -> n.isEmpty() ? ROOT + "." : ROOT + n + "..").toArray(String[]::new);
  }

  @Test
  void everyPackageIsInTheTable() {
    assertThat(
            COMPILER.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith(ROOT + "runtime"))
                .filter(name -> !name.startsWith(ROOT + "grammar"))
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toSet()))
        .isEqualTo(TABLE.keySet());
  }

  static Stream<String> layers() {
    return TABLE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void usesOnlyWhatTheTableSays(String layer) {
    String[] allowed = packages(Stream.concat(Stream.of(layer), TABLE.get(layer).stream()));
    DescribedPredicate<JavaClass> elsewhere =
        DescribedPredicate.not(resideInAnyPackage(allowed)).and(resideInAPackage(ROOT + "."));
    noClasses()
        .that()
        .resideInAPackage(ROOT + layer)
        .should()
        .dependOnClassesThat(elsewhere)
        .check(COMPILER);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + "(**)")
        .should()
        .beFreeOfCycles()
        .check(onlyCompiler());
    SlicesRuleDefinition.slices()
        .matching(ROOT + "runtime.(**)")
        .should()
        .beFreeOfCycles()
        .check(RUNTIME);
  }

  private static void onlyIn(String library, String... packages) {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(packages)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library);
    rule.check(COMPILER);
    assertThat(
            COMPILER.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .map(d -> d.getTargetClass()))
        .as("classes of %s are used, else the rule is idle", library)
        .anyMatch(resideInAPackage(library));
  }

  @Test
  void librariesStayWhereTheyBelong() {
    onlyIn("org.antlr..", ROOT + "syntax", ROOT + "grammar..");
    onlyIn("com.palantir.javapoet..", ROOT + "emit.java..");
    onlyIn("picocli..", ROOT + "cli");
    onlyIn("com.fasterxml.jackson.jr..", ROOT + "explain", ROOT + "playground");
    onlyIn("com.github.difflib..", ROOT + "explain");
    onlyIn("com.sun.net.httpserver..", ROOT + "playground");
    onlyIn("com.github.marschall.memoryfilesystem..", ROOT + "playground");
  }

  @Test
  void onlyTheCommandLinePrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(onlyCompiler());
  }

  private static JavaClasses onlyCompiler() {
    return COMPILER.that(DescribedPredicate.not(resideInAPackage(ROOT + "runtime..")));
  }

  /** They ask the op instead; only the verifier's message says what it is called. */
  @Test
  void passesDoNotLookAtTheNamesOfOps() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "pass..", ROOT + "kernel", ROOT + "interpret")
        .and()
        .doNotBelongToAnyOf(Verify.class)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it asks an op for its name",
                call ->
                    call.getTarget().getName().equals("name")
                        && call.getTargetOwner().isAssignableTo(Op.class)))
        .check(COMPILER);
  }

  @Test
  void theRuntimeKnowsNothingOfTheCompiler() {
    classes()
        .that()
        .resideInAPackage(ROOT + "runtime..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "runtime..",
            "java..",
            "jdk.incubator.vector..",
            "javax.imageio..",
            "de.siegmar.fastcsv..",
            "org.jocl..",
            "com.fasterxml.jackson..")
        .check(RUNTIME);
  }
}
