package dev.peephole.benchmarks;

import dev.peephole.check.data.DataAccess;
import dev.peephole.driver.Frontend;
import dev.peephole.ir.Program;
import dev.peephole.runtime.data.DataException;
import dev.peephole.runtime.opencl.Device;
import dev.peephole.runtime.opencl.DeviceInfo;
import dev.peephole.runtime.opencl.DeviceModel;
import dev.peephole.runtime.opencl.DeviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the training workloads on an OpenCL device beside the CPU, and beside PyTorch on CUDA if
 * that is asked for: the time of a step, and what is put into the queue.
 */
public final class DeviceBenchmarks {
  private static final String USAGE =
      "usage: benchmarks/device [opencl:N] [--only NAME,…] [--rounds N] [--cuda]";
  private static final int COUNTED_STEPS = 10;
  private static final double WARM_UP_SECONDS = 2;

  private final Path folder = Path.of(System.getProperty("benchmarks.folder", "benchmarks"));
  private String device = DeviceName.OPENCL;
  private List<String> only = List.of("xor", "mlp-small", "peephole-50");
  private int rounds = 5;
  private boolean cuda;

  private DeviceBenchmarks() {}

  /** Runs what the command line asks for. */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT); // figures are written alike everywhere
    DeviceBenchmarks benchmarks = new DeviceBenchmarks();
    if (!benchmarks.parse(args)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    try {
      benchmarks.run();
    } catch (DataException e) {
      System.err.println("error: " + e.report());
      System.exit(1);
    }
  }

  private boolean parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (DeviceName.isOpenCl(args[i])) {
        device = args[i];
      } else if (args[i].equals("--cuda")) {
        cuda = true;
      } else if (args[i].equals("--only") && i + 1 < args.length) {
        only = List.of(args[++i].split(","));
      } else if (args[i].equals("--rounds") && i + 1 < args.length) {
        rounds = Integer.parseInt(args[++i]);
      } else {
        return false;
      }
    }
    return true;
  }

  private void run() throws IOException {
    DeviceInfo info = Device.open(device).info();
    System.out.printf("%s, %s, %s%n%n", device, info.name(), info.version());
    System.out.print("| workload | CPU | device |" + (cuda ? " PyTorch, CUDA |" : ""));
    System.out.println(" losses differ by | kernels a step | unfused | transfers a step |");
    System.out.println("|---|" + "--:|".repeat(cuda ? 7 : 6));
    for (Workload workload : Workload.all()) {
      if (only.contains(workload.name()) && workload.kind() == Workload.Kind.TRAIN) {
        measure(workload);
      }
    }
  }

  private void measure(Workload workload) throws IOException {
    Path start = Files.createTempFile("peephole", ".safetensors");
    List<Side> sides = new ArrayList<>();
    Generated there = Generated.onDevice(folder.resolve("models"), device);
    sides.add(new Generated(folder.resolve("models"), Clock.WALL));
    sides.add(there);
    if (cuda) {
      String python = System.getenv().getOrDefault("PYTHON", "python3");
      sides.add(PyTorch.onCuda(python, folder.resolve("pytorch.py")));
    }
    try {
      Measured measured = Measured.inTurns(workload, sides, start, WARM_UP_SECONDS, rounds);
      print(measured, launches(there, workload));
    } finally {
      sides.forEach(Side::close);
      Files.delete(start);
    }
  }

  private Launches launches(Generated there, Workload workload) {
    DeviceModel model = (DeviceModel) there.model();
    DeviceModel.Work before = model.work();
    for (int i = 0; i < COUNTED_STEPS; i++) {
      there.stepInARow();
    }
    DeviceModel.Work after = model.work();
    there.await();
    Path file = folder.resolve("models").resolve(workload.model() + ".nn");
    Program program = Frontend.compile(file, DataAccess.none()).networks().get(0).program();
    return Launches.of(before, after, COUNTED_STEPS, program);
  }

  private static void print(Measured measured, Launches launches) {
    StringBuilder row = new StringBuilder("| " + measured.workload().name() + " |");
    measured.medians().values().forEach(s -> row.append(" %.2f ms |".formatted(s * 1e3)));
    row.append(
        " %.0e | %.0f | %d | %.0f |"
            .formatted(
                measured.difference(),
                launches.kernels(),
                launches.equations(),
                launches.transfers()));
    System.out.println(row);
  }
}
