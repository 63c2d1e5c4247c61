package dev.peephole.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.driver.CompiledClasses;
import dev.peephole.driver.Linker;
import dev.peephole.driver.MemoryCompiler;
import dev.peephole.emit.java.DeviceClass;
import dev.peephole.ir.Program;
import dev.peephole.kernel.Style;
import dev.peephole.proof.Difference;
import dev.peephole.proof.Point;
import dev.peephole.proof.Results;
import dev.peephole.runtime.Model;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceInfo;
import dev.peephole.runtime.opencl.DeviceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Programs as classes for the first OpenCL device, which is guarded; without one, tests skip. */
public final class OnDevice {
  /** Whether tests go through everything: {@code -Dproof.device=true}; that takes minutes. */
  public static final boolean EVERYTHING = Boolean.getBoolean("proof.device");

  /** How far results in single precision may be from those in double. */
  public static final double BOUND = 1e-4;

  /** Numbers of 64 or 16 bits, which not every device has. */
  private static final Pattern WIDE =
      Pattern.compile("\\b(double|half)\\b|\\b[0-9]+\\.[0-9]*(E-?[0-9]+)?(?![0-9.Ef-])");

  private static final Pattern COMMENT = Pattern.compile("//.*");

  private OnDevice() {}

  /** Skips the test where there is no device, and says why. */
  public static void require() {
    try {
      DeviceInfo.all();
    } catch (DataException none) {
      Assumptions.abort("no OpenCL device: " + none.getMessage());
    }
  }

  /**
   * The device; its memory lies between guards, and its driver optimises programs only where tests
   * go through everything.
   */
  public static Device device() {
    require();
    Device device = Device.open("opencl");
    device.guard(true);
    device.optimize(EVERYTHING);
    return device;
  }

  /** A model of each program; all are compiled together. */
  public static List<Model> models(List<Program> programs, Style style) {
    Device device = device();
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < programs.size(); i++) {
      DeviceClass written = new DeviceClass(programs.get(i), name(i), style);
      sources.put(name(i) + ".java", written.java());
      sources.put(written.kernelFile(), written.kernels());
      assertThat(COMMENT.matcher(written.kernels()).replaceAll("")).doesNotContainPattern(WIDE);
    }
    CompiledClasses compiled = MemoryCompiler.compile(sources);
    ClassLoader loader = compiled.loader();
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      models.add(Linker.onDevice(loader, name(i), device).get());
    }
    return models;
  }

  /** A model of one program. */
  public static Model model(Program program, Style style) {
    return models(List.of(program), style).get(0);
  }

  /**
   * Compares a model with the reference evaluator: outputs, loss and every gradient, relative to
   * the largest number of each. Nothing may be written beyond a value.
   */
  public static void compare(Model model, Program program, Point point, String what) {
    Results expected = Results.interpreted(program, point);
    Results found = Results.generated(model, program, point);
    Difference difference = Difference.between(expected, found);
    assertThat(difference.error()).as("%s of %s", difference.what(), what).isLessThan(BOUND);
    DeviceModel device = (DeviceModel) model;
    device.checkGuards();
    assertThat(device.mostItems()).isLessThanOrEqualTo(Device.GROUP_ITEMS);
    assertThat(device.mostLocalBytes()).isLessThanOrEqualTo(Device.LOCAL_BYTES);
    device.release();
  }

  private static String name(int number) {
    return "OnDevice" + number;
  }
}
