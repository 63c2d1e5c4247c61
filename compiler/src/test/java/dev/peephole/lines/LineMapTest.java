package dev.peephole.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.Golden;
import dev.peephole.loop.Printed;
import dev.peephole.proof.RandomProgram;
import dev.peephole.proof.Texts;
import dev.peephole.recurrent.RandomCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map between lines of generated code and equations of the model is whole, both ways. */
class LineMapTest {
  /** The methods that compute, up to the line that closes them. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?m)^  (?:public|private|protected) (?:static )?(?:void|double|int|Buffer) "
              + "(?!reserve|declare)\\w+\\((?:int|float\\[\\]|long) (?s:.*?) \\{\\n"
              + "((?s:.*?))^  \\}$");

  /** A kernel's lines up to the one that closes it. */
  private static final Pattern KERNEL =
      Pattern.compile("(?m)^kernel (?s:.*?)\\) \\{\\n((?s:.*?))^\\}$");

  /**
   * A statement that computes something: not a call of another part, not the result, not the
   * position of an item of a device.
   */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "^ ++(?!return\\b|throw |super\\(|(?:forward|outputs|loss|backward)\\d*\\(N\\)|pad\\(N\\)"
              + "|fetch\\(|forget\\(|reserve\\(|update\\(step|\\w+\\(each\\.|\\w+\\.fill\\("
              + "|int (?:begin|end) = share|const int \\w+ = ).*;$");

  static Stream<String> programs() {
    return Stream.of(
            Texts.samples().stream().map(Texts::read),
            IntStream.range(0, 15).mapToObj(RandomProgram::text),
            IntStream.range(0, 15).mapToObj(RandomCell::text))
        .flatMap(texts -> texts);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void leadsFromEveryComputingLineToTheModelAndBack(String text) {
    LineMap map = LineMapper.of(Texts.network(text));
    Map<Integer, List<LineMap.Lines>> back = new HashMap<>();
    for (LineMap.Source source : map.sources()) {
      assertThat(source.model().line()).isPositive();
      back.put(source.number(), map.linesOf(source));
    }
    for (LineMap.File file : map.files()) {
      Set<Integer> covered = new HashSet<>();
      for (LineMap.Piece piece : file.pieces()) {
        if (piece.kind() != Printed.Kind.DECLARATION) {
          assertThat(piece.sources()).as("%s", piece).isNotEmpty();
        }
        LineMap.Lines lines =
            new LineMap.Lines(file.name(), file.target(), piece.from(), piece.to());
        piece.sources().forEach(number -> assertThat(back.get(number)).contains(lines));
        if (piece.kind() != Printed.Kind.KERNEL || file.target() == LineMap.Target.DEVICE) {
          IntStream.rangeClosed(piece.from(), piece.to()).forEach(covered::add);
        }
      }
      List<String> lines = file.text().lines().toList();
      List<Integer> computing =
          computing(file.text(), file.target() == LineMap.Target.OPENCL ? KERNEL : METHOD);
      assertThat(computing.stream().filter(l -> !covered.contains(l)).map(l -> lines.get(l - 1)))
          .isEmpty();
    }
  }

  @Test
  void leadsToKernelsOfADevice() {
    LineMap map = LineMapper.of(Texts.network(Golden.folder("ir").resolve("line.nn")));
    for (LineMap.File file : map.files()) {
      if (file.target() == LineMap.Target.OPENCL) {
        List<String> lines = file.text().lines().toList();
        for (LineMap.Piece piece : file.pieces()) {
          if (piece.kind() == Printed.Kind.KERNEL) {
            assertThat(lines.get(piece.to() - 1)).isEqualTo("}");
            assertThat(lines.subList(piece.from() - 1, piece.to()))
                .filteredOn(l -> l.startsWith("kernel "))
                .hasSize(1);
          }
        }
      }
    }
  }

  /** The lines of statements in methods that compute, counted from 1. */
  private static List<Integer> computing(String code, Pattern methods) {
    List<Integer> lines = new ArrayList<>();
    Matcher method = methods.matcher(code);
    while (method.find()) {
      int line = (int) code.substring(0, method.start(1)).chars().filter(c -> c == '\n').count();
      for (String each : method.group(1).split("\n")) {
        line++;
        if (STATEMENT.matcher(each).matches()) {
          lines.add(line);
        }
      }
    }
    assertThat(lines).isNotEmpty();
    return lines;
  }
}
