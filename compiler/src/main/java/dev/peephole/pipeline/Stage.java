package dev.peephole.pipeline;

import dev.peephole.ir.Function;
import dev.peephole.ir.Printer;
import dev.peephole.kernel.KernelPrinter;
import dev.peephole.pass.lower.ToKernels.Network;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a network is after a step of the {@link Pipeline}. */
public sealed interface Stage {

  /** What the step is called. */
  String name();

  /** The whole of it, for readers. */
  String text();

  /** Equations. */
  record Equations(String name, Function function) implements Stage {
    @Override
    public String text() {
      return Printer.print(function);
    }
  }

  /** Kernels, by when they are computed; then the buffers that several values share. */
  record Kernels(String name, Network network) implements Stage {
    @Override
    public String text() {
      StringBuilder text = new StringBuilder();
      network
          .phases()
          .forEach(
              (phase, kernels) ->
                  text.append(phase.name().toLowerCase(Locale.ROOT))
                      .append('\n')
                      .append(KernelPrinter.print(kernels)));
      Map<String, String> buffers =
          network.shared().entrySet().stream()
              .collect(
                  Collectors.groupingBy(
                      in -> in.getValue().name() + ": " + in.getValue().shape(),
                      LinkedHashMap::new,
                      Collectors.mapping(in -> in.getKey().name(), Collectors.joining(", "))));
      if (!buffers.isEmpty()) {
        text.append("buffers\n");
        buffers.forEach(
            (buffer, users) -> text.append("  %s, also of %s\n".formatted(buffer, users)));
      }
      return text.toString();
    }
  }
}
