package dev.peephole.cli;

import dev.peephole.runtime.file.Json;
import dev.peephole.runtime.opencl.DeviceInfo;
import dev.peephole.runtime.opencl.DeviceName;
import dev.peephole.runtime.train.progress.Console;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    description = {
      "Lists what --device can name: cpu, and what OpenCL finds.",
      "Where it finds nothing, it says why."
    },
    footer = {"", "Example:", "  nnc devices"})
final class Devices implements Runnable, JsonOption.Taker {
  private final Console console;

  @Mixin private JsonOption json;

  Devices(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    int cores = Runtime.getRuntime().availableProcessors();
    String java = "Java " + System.getProperty("java.version");
    if (json()) {
      Map<String, Object> event = event(DeviceName.CPU, java);
      event.put("units", cores);
      console.out().println(Json.object(event));
    } else {
      line(DeviceName.CPU, java, cores + " cores");
    }
    DeviceInfo.all().forEach(this::print);
  }

  private void print(DeviceInfo device) {
    String name = DeviceName.OPENCL + ":" + device.number();
    if (json()) {
      Map<String, Object> event = event(name, device.name());
      event.put("platform", device.platform());
      event.put("version", device.version());
      event.put("units", device.units());
      event.put("memory", device.memory());
      event.put("local_memory", device.localMemory());
      console.out().println(Json.object(event));
      return;
    }
    line(
        name,
        device.name(),
        "%s compute units, %s GB, %s KB local; %s; %s"
            .formatted(
                device.units(),
                String.format(Locale.ROOT, "%.1f", device.memory() / 1e9),
                device.localMemory() >> 10,
                device.platform(),
                device.version()));
  }

  private static Map<String, Object> event(String device, String name) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "device");
    event.put("device", device);
    event.put("name", name);
    return event;
  }

  private void line(String device, String name, String more) {
    console.out().println("%-10s %s".formatted(device, name));
    console.out().println("%-10s %s".formatted("", more));
  }

  @Override
  public boolean json() {
    return json.asked();
  }
}
