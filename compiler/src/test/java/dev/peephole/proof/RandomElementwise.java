package dev.peephole.proof;

import dev.peephole.proof.RandomBody.Right;
import dev.peephole.proof.RandomBody.Value;
import java.util.Optional;

/** Random equations that compute number by number, or along the last axis. */
final class RandomElementwise {
  private final RandomBody body;

  RandomElementwise(RandomBody body) {
    this.body = body;
  }

  Optional<Right> activation() {
    return like(
        "relu(%s)",
        "leaky_relu(%s)",
        "leaky_relu(%s, slope: 0.2)",
        "prelu(%s)",
        "elu(%s)",
        "elu(%s, alpha: 1.5)",
        "softplus(%s)",
        "swish(%s)",
        "gelu(%s)",
        "sigmoid(%s)",
        "%s |> tanh",
        "%s |> soften(0.25)");
  }

  Optional<Right> ofOne() {
    return like(
        "2 * %s - 0.5",
        "-%s",
        "soften(%s ^ 2)",
        "soften(%s ^ 3, by: 1)",
        "exp(tanh(%s))",
        "sin(%s) + cos(%1$s)",
        "log(2 + sin(%s))",
        "log1p(abs(%s))",
        "sqrt(1 + %s ^ 2)",
        "1 / (1 + exp(-%s))",
        "2 ^ tanh(%s)",
        "erf(%s) * 0.5",
        "where(%s > 0.5, sqrt(%1$s), %1$s)",
        "where(%s > 0.5, tanh(log(%1$s)), sin(%1$s))",
        "if deep then tanh(%s) else %1$s");
  }

  Optional<Right> stopped() {
    return like("%s + stop_gradient(%1$s * 2)");
  }

  Optional<Right> like(String... forms) {
    return body.any(0)
        .map(
            v ->
                new Right(forms[body.random.nextInt(forms.length)].formatted(v.name()), v.shape()));
  }

  Optional<Right> alongLastAxis() {
    String[] forms = {"softmax(%s)", "log_softmax(%s)", "centred(%s)", "weighted(%s)"};
    return body.any(1)
        .map(
            v ->
                new Right(forms[body.random.nextInt(forms.length)].formatted(v.name()), v.shape()));
  }

  Optional<Right> arithmetic() {
    String[] forms = {
      "%s + %s", "%s - %s", "%s * %s", "max(%s, %s)", "min(%s, %s)", "%s / (1.5 + abs(%s))"
    };
    Value a = body.anyValue();
    return body.suffixOf(a)
        .map(
            b -> {
              body.use(a);
              boolean swap = body.random.nextBoolean();
              String form = forms[body.random.nextInt(forms.length)];
              return new Right(
                  swap ? form.formatted(b.name(), a.name()) : form.formatted(a.name(), b.name()),
                  a.shape());
            });
  }

  Optional<Right> selection() {
    String[] conditions = {
      "%s < %s",
      "%s <= %s",
      "%s > %s",
      "%s >= %s",
      "-1 < %s < %s",
      "not %s <= %s",
      "%1$s > %2$s or %2$s > 0.5 and not %1$s < -1",
      "%1$s > 0 and training or %1$s > %2$s"
    };
    Value a = body.anyValue();
    return body.suffixOf(a)
        .map(
            b -> {
              body.use(a);
              String condition =
                  conditions[body.random.nextInt(conditions.length)].formatted(a.name(), b.name());
              return new Right(
                  "where(%s, %s, 0.5 * %s)".formatted(condition, b.name(), a.name()), a.shape());
            });
  }
}
