package dev.peephole.runtime.train.command;

import dev.peephole.runtime.train.plan.RunOptions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** A trainer's command line: options as {@code --batch 16} or {@code --batch=16}. */
public final class Arguments {
  private final Map<Option, String> given = new EnumMap<>(Option.class);

  /**
   * Takes the command line apart.
   *
   * @throws IllegalArgumentException if it is wrong, with a message that says how
   */
  public Arguments(String... args) {
    for (int i = 0; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      Option option = Option.of(equals < 0 ? args[i] : args[i].substring(0, equals));
      if (option.takesValue() && equals < 0 && i + 1 == args.length) {
        throw new IllegalArgumentException(option + " takes a value");
      }
      if (!option.takesValue() && equals >= 0) {
        throw new IllegalArgumentException(option + " takes no value");
      }
      boolean next = option.takesValue() && equals < 0;
      given.put(option, next ? args[++i] : args[i].substring(equals + 1));
    }
  }

  /** Whether nothing but the help is wanted. */
  boolean askForHelp() {
    return given.containsKey(Option.HELP);
  }

  /**
   * The options.
   *
   * @param device what computes, unless the command line says otherwise
   * @throws IllegalArgumentException if a value is not what its option takes
   */
  public RunOptions options(String device) {
    Optional<Long> seed = value(Option.SEED, "a whole number", Long::valueOf);
    return new RunOptions(
        number(Option.BATCH),
        number(Option.EPOCHS),
        seed.map(OptionalLong::of).orElse(OptionalLong.empty()),
        value(Option.DATA, "a folder", Path::of),
        value(Option.OUT, "a folder", Path::of),
        value(Option.RESUME, "a folder", Path::of),
        given.containsKey(Option.JSON),
        given.containsKey(Option.QUIET),
        given.containsKey(Option.TENSORBOARD),
        number(Option.THREADS),
        given.getOrDefault(Option.DEVICE, device));
  }

  private OptionalInt number(Option option) {
    return value(option, "a whole number", Integer::valueOf).stream()
        .mapToInt(number -> number)
        .findFirst();
  }

  private <T> Optional<T> value(Option option, String wanted, Function<String, T> read) {
    String text = given.get(option);
    try {
      return Optional.ofNullable(text).map(read);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " takes " + wanted + ", not " + text, e);
    }
  }
}
