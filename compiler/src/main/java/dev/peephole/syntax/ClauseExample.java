package dev.peephole.syntax;

import dev.peephole.grammar.NnLexer;
import org.antlr.v4.runtime.Token;

/** How each clause of a training plan is written. */
final class ClauseExample {
  private ClauseExample() {}

  /** A clause that begins with {@code word}, as it may stand in a plan. */
  static String of(Token word) {
    return switch (word.getType()) {
      case NnLexer.DATA, NnLexer.TEST ->
          word.getText() + " csv(\"a.csv\") { x = columns 0, 1   y = column 2 }";
      case NnLexer.WINDOW -> "window 48 step 1 predict 1";
      case NnLexer.SPLIT -> "split 70 / 15 / 15";
      case NnLexer.STANDARDIZE -> "standardize x, y";
      case NnLexer.RESCALE -> "rescale y to 0 .. 1";
      case NnLexer.BATCH -> "batch 16";
      case NnLexer.EPOCHS -> "epochs 100";
      case NnLexer.SEED -> "seed 7";
      case NnLexer.SHUFFLE -> "shuffle off";
      case NnLexer.STATEFUL -> "stateful";
      case NnLexer.OPTIMIZER -> "optimizer adam(rate: 0.01)";
      case NnLexer.CLIP -> "clip norm 1";
      case NnLexer.STOP -> "stop after 10 epochs without improvement";
      case NnLexer.TRUNCATE -> "truncate 32";
      case NnLexer.METRICS -> "metrics accuracy, confusion";
      case NnLexer.REGULARIZE -> "regularize l2(1e-4)";
      default -> throw new IllegalArgumentException(word.getText() + " begins no clause");
    };
  }
}
