package dev.peephole.check.data;

import dev.peephole.runtime.data.Source;
import dev.peephole.runtime.data.format.Csv;
import dev.peephole.runtime.data.format.Idx;
import dev.peephole.runtime.data.format.Images;
import dev.peephole.runtime.data.format.Text;
import dev.peephole.runtime.data.generator.Adding;
import dev.peephole.runtime.data.generator.Anbncn;
import dev.peephole.runtime.data.generator.Digits;
import dev.peephole.runtime.data.generator.Reber;
import dev.peephole.runtime.data.generator.SpikeDelays;
import dev.peephole.runtime.data.generator.Spiral;
import dev.peephole.runtime.data.generator.Tagged;
import dev.peephole.runtime.data.generator.TimedSpikes;
import dev.peephole.runtime.data.generator.Xor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data sources by the names that the language gives them, one line each. */
enum DataSources {
  CSV(
      a -> new Csv(a.text(0), a.truth(1), a.textIfGiven(2)),
      Option.text("path"),
      Option.truth("header", true),
      Option.textOrNothing("series")),
  IDX(a -> new Idx(a.text(0), a.text(1)), Option.text("values"), Option.text("labels")),
  IMAGES(a -> new Images(a.text(0)), Option.text("path")),
  TEXT(a -> new Text(a.text(0)), Option.text("path")),
  XOR(a -> new Xor()),
  SPIRAL(
      a -> new Spiral(a.whole(0), a.whole(1), a.number(2)),
      Option.whole("examples", 300),
      Option.whole("classes", 3),
      Option.number("noise", 0.2)),
  DIGITS(
      a -> new Digits(a.whole(0), a.number(1), a.number(2)),
      Option.whole("examples", 1000),
      Option.number("variety", 1),
      Option.number("noise", 0.1)),
  ADDING(
      a -> new Adding(a.whole(0), a.whole(1)),
      Option.whole("examples", 1000),
      Option.whole("length", 100)),
  REBER(
      a -> new Reber(a.whole(0), a.truth(1)),
      Option.whole("examples", 1000),
      Option.truth("embedded", true)),
  ANBNCN(
      a -> new Anbncn(a.whole(0), a.whole(1), a.whole(2)),
      Option.whole("from", 1),
      Option.whole("to", 10),
      Option.whole("each", 1)),
  SPIKE_DELAYS(
      a -> new SpikeDelays(a.whole(0), a.whole(1), a.whole(2), a.whole(3)),
      Option.whole("examples", 1000),
      Option.whole("shortest", 10),
      Option.whole("longest", 11),
      Option.whole("delays", 10)),
  TIMED_SPIKES(
      a -> new TimedSpikes(a.whole(0), a.whole(1), a.whole(2)),
      Option.whole("examples", 1),
      Option.whole("period", 10),
      Option.whole("spikes", 10)),
  TAGGED(a -> new Tagged(a.whole(0)), Option.whole("examples", 1000));

  /**
   * An argument of a source.
   *
   * @param standard its value where it is not given; {@code null} if it must be given
   */
  record Option(String name, Class<?> type, Object standard) {
    private static final Object NOTHING = new Object();

    /** Whether it is left out where it is not given. */
    boolean leftOut() {
      return standard == NOTHING;
    }

    /** What it takes, in words. */
    String wanted() {
      if (type == String.class) {
        return "a text in quotes";
      } else if (type == Boolean.class) {
        return "true or false";
      }
      return type == Integer.class ? "a whole number" : "a number";
    }

    static Option text(String name) {
      return new Option(name, String.class, null);
    }

    /** A text without a standard value that need not be given; it is the last option. */
    static Option textOrNothing(String name) {
      return new Option(name, String.class, NOTHING);
    }

    static Option truth(String name, boolean standard) {
      return new Option(name, Boolean.class, standard);
    }

    static Option whole(String name, int standard) {
      return new Option(name, Integer.class, standard);
    }

    static Option number(String name, double standard) {
      return new Option(name, Double.class, standard);
    }
  }

  /** The arguments of a source, in the order of its options. */
  record Given(List<Object> values) {
    String text(int i) {
      return (String) values.get(i);
    }

    Optional<String> textIfGiven(int i) {
      return i < values.size() ? Optional.of(text(i)) : Optional.empty();
    }

    boolean truth(int i) {
      return (Boolean) values.get(i);
    }

    int whole(int i) {
      return (Integer) values.get(i);
    }

    double number(int i) {
      return (Double) values.get(i);
    }
  }

  private final Function<Given, Source> maker;
  private final List<Option> options;

  DataSources(Function<Given, Source> maker, Option... options) {
    this.maker = maker;
    this.options = List.of(options);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Option> options() {
    return options;
  }

  /** {@code csv(path, header, series)}. */
  String signature() {
    return options.stream().map(Option::name).collect(Collectors.joining(", ", word() + "(", ")"));
  }

  Source make(List<Object> arguments) {
    return maker.apply(new Given(arguments));
  }
}
