package dev.peephole.check.plan;

import dev.peephole.check.value.CheckException;
import dev.peephole.check.value.Instance.DraftParameter;
import dev.peephole.diagnostic.Code;
import dev.peephole.diagnostic.Diagnostic;
import dev.peephole.diagnostic.Nearest;
import dev.peephole.syntax.Ident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a network by the names that plans have for them. */
final class Named {
  private final List<DraftParameter> parameters;

  Named(List<DraftParameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * Those that go by a name, which may be that of a layer that they lie in.
   *
   * @throws CheckException if there are none
   */
  List<DraftParameter> by(Ident name) {
    List<DraftParameter> named =
        parameters.stream().filter(p -> p.callNames().contains(name.name())).toList();
    if (named.isEmpty()) {
      throw unknown(name);
    }
    return named;
  }

  private CheckException unknown(Ident name) {
    Set<String> known = new TreeSet<>();
    parameters.forEach(parameter -> known.addAll(parameter.callNames()));
    List<String> paths = parameters.stream().map(DraftParameter::path).toList();
    Diagnostic error =
        Diagnostic.error(Code.PLAN, name.span(), "there is no parameter '" + name + "'")
            .note("the parameters are " + String.join(", ", paths));
    Optional<String> nearest = Nearest.to(name.name(), new ArrayList<>(known));
    return new CheckException(
        nearest.map(n -> error.hint("did you mean " + n + "?")).orElse(error));
  }
}
