package dev.peephole.driver;

import dev.peephole.emit.java.DeviceClass;
import dev.peephole.emit.java.ModelClass;
import dev.peephole.emit.java.TrainingClass;
import dev.peephole.emit.java.print.Precision;
import dev.peephole.kernel.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * The Java that a network becomes: {@code Fever}, {@code FeverTextbook} beside it unless it is in
 * the textbook style itself, and {@code FeverTraining} if the network has a plan. For OpenCL there
 * is {@code Fever.cl} as well, with the kernels that {@code Fever} puts into a device's queue.
 *
 * @param target what computes
 * @param model the class that trains and predicts
 * @param textbook the class that keeps every named value; {@code model} itself in that style
 * @param training the class with the plan and the main method
 * @param files the texts by their names, such as {@code Fever.java}
 */
public record JavaSources(
    Target target,
    String model,
    String textbook,
    Optional<String> training,
    Map<String, String> files) {

  /** What no class may be called, and what generated code calls classes of {@code java.lang}. */
  private static final Set<String> RESERVED =
      Set.of(
          "permits",
          "record",
          "sealed",
          "var",
          "yield",
          "Double",
          "Float",
          "Math",
          "Object",
          "Override",
          "String",
          "System",
          "UnsupportedOperationException",
          "Vectors");

  /** What computes a network. */
  public enum Target {
    /** The Java machine. */
    CPU,
    /** A device, by kernels in OpenCL C. */
    OPENCL
  }

  /** Writes a network in a style, for the CPU. */
  public static JavaSources of(Network network, Style style) {
    return of(network, style, Target.CPU);
  }

  /** Writes a network in a style. */
  public static JavaSources of(Network network, Style style, Target target) {
    String model = className(network.name());
    boolean itself = style == Style.TEXTBOOK && target == Target.CPU;
    String textbook = itself ? model : model + "Textbook";
    Optional<String> training = network.plan().map(plan -> network.name() + "Training");
    Map<String, String> files = new LinkedHashMap<>();
    if (target == Target.OPENCL) {
      DeviceClass device = new DeviceClass(network.program(style), model, style);
      files.put(file(model), device.java());
      files.put(device.kernelFile(), device.kernels());
    } else {
      files.put(file(model), text(network, model, style, Precision.FLOAT));
    }
    if (!textbook.equals(model)) {
      files.put(file(textbook), text(network, textbook, Style.TEXTBOOK, Precision.FLOAT));
    }
    network
        .plan()
        .ifPresent(
            plan ->
                files.put(
                    file(training.orElseThrow()),
                    new TrainingClass(plan, network.checked().file().shortName())
                        .text(model, textbook)));
    return new JavaSources(target, model, textbook, training, files);
  }

  /** The network alone, in double precision. */
  static JavaSources inDouble(Network network, Style style) {
    String model = className(network.name());
    String text = text(network, model, style, Precision.DOUBLE);
    return new JavaSources(Target.CPU, model, model, Optional.empty(), Map.of(file(model), text));
  }

  private static String text(Network network, String name, Style style, Precision precision) {
    return new ModelClass(network.program(style), name, style, precision).text();
  }

  /** What the class of a network is called. */
  public static String className(String network) {
    return SourceVersion.isKeyword(network) || RESERVED.contains(network) ? network + "_" : network;
  }

  private static String file(String className) {
    return className + ".java";
  }
}
