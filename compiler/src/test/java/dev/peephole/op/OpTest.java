package dev.peephole.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.peephole.interpret.Interpreter;
import dev.peephole.ir.Backward;
import dev.peephole.ir.Builder;
import dev.peephole.ir.Equation;
import dev.peephole.ir.Expression;
import dev.peephole.ir.Function;
import dev.peephole.ir.Op;
import dev.peephole.ir.Origin;
import dev.peephole.ir.Type;
import dev.peephole.ir.Var;
import dev.peephole.pass.differentiate.Differentiate;
import dev.peephole.pass.simplify.EliminateDeadCode;
import dev.peephole.pass.simplify.Simplify;
import dev.peephole.pass.verify.Verify;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part of every op's declaration. */
class OpTest {

  static List<OpCase> cases() {
    return OpCases.all();
  }

  static Stream<OpCase> withoutDerivative() {
    return cases().stream().filter(c -> c.op().nondifferentiable().isPresent());
  }

  @Test
  void everyOpIsTested() {
    Set<String> declared =
        new ClassFileImporter()
            .importPackages("dev.peephole.op").stream()
                .filter(
                    c ->
                        c.isAssignableTo(Op.class)
                            && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    assertThat(declared).hasSizeGreaterThan(15);
    assertThat(
            cases().stream()
                .map(c -> c.op().getClass().getSimpleName())
                .collect(Collectors.toSet()))
        .isEqualTo(declared);
    assertThat(cases().stream().map(OpCase::op)).containsAll(Elementwise.all());
  }

  @Test
  void everyNameIsUsedOnce() {
    assertThat(Elementwise.all().stream().map(Elementwise::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheTypeOfItsRule(OpCase tested) {
    assertThat(tested.op().type(tested.inputs())).hasToString(tested.result());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void canBeWrittenDown(OpCase tested) {
    List<Expression> names = tested.vars().stream().map(Expression::of).toList();
    assertThat(tested.op().name()).matches("[a-z][a-z0-9_]*");
    assertThat(tested.op().describe()).isNotBlank();
    assertThat(tested.op().hint(tested.vars())).matches("[\\p{L}][\\p{L}0-9_]*");
    Equation equation = tested.function(tested.vars()).equations().get(0);
    String formula = tested.op().formula(names, equation).text();
    assertThat(formula).isNotBlank();
    names.forEach(name -> assertThat(formula).contains(name.text()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void simplificationKeepsItsValue(OpCase tested) {
    Function before = tested.function(tested.vars());
    Function after = new EliminateDeadCode().run(new Simplify().run(before));
    Verify.verify(after, "simplify");
    List<double[]> inputs = tested.draw(1);
    assertThat(new Interpreter(OpCase.BATCH, 5).run(after, inputs).get(0))
        .containsExactly(new Interpreter(OpCase.BATCH, 5).run(before, inputs).get(0));
  }

  @ParameterizedTest
  @MethodSource("withoutDerivative")
  void saysWhyItHasNoDerivative(OpCase tested) {
    assertThat(tested.op().nondifferentiable().orElseThrow()).isNotBlank();
    Type result = tested.op().type(tested.inputs());
    if (!Type.real(result.shape()).equals(result)) {
      return;
    }
    List<Var> vars = tested.vars();
    Function loss = tested.projected(Var.of("u", result), vars, vars);
    assertThatThrownBy(() -> new Differentiate().run(loss))
        .isInstanceOf(Differentiate.Nondifferentiable.class)
        .hasMessage(tested.op().nondifferentiable().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsHaveTheTypesOfTheInputs(OpCase tested) {
    Type result = tested.op().type(tested.inputs());
    if (tested.op().nondifferentiable().isPresent()) {
      return;
    }
    List<Var> vars = tested.vars();
    Equation equation = new Equation(Var.of("y", result), tested.op(), vars, Origin.NOWHERE);
    for (int i = 0; i < vars.size(); i++) {
      if (vars.get(i).real()) {
        Backward back = new Backward(new Builder(), equation, Var.of("d", result));
        Var gradient = tested.op().gradient(i, back);
        assertThat(gradient == null ? vars.get(i).type() : gradient.type())
            .isEqualTo(vars.get(i).type());
      }
    }
  }
}
