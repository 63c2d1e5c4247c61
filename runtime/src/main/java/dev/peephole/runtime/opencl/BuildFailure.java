package dev.peephole.runtime.opencl;

import dev.peephole.runtime.data.DataException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which kernel a driver's compiler refused, and for which line of the model it is there. The
 * compiler's log names a line of the kernels' file in words of its own; the kernel and its origin
 * are read from what stands above that line, for the message alone.
 */
final class BuildFailure {
  private static final Pattern PLACE = Pattern.compile(":(\\d+):\\d+: (fatal )?error|\\((\\d+)\\)");
  private static final Pattern KERNEL = Pattern.compile("^kernel .*\\bvoid (\\w+)\\(");
  private static final Pattern ORIGIN = Pattern.compile("//.* (\\S+\\.nn:\\d+)$");
  private static final int LOG_LINES = 12;

  private BuildFailure() {}

  /**
   * The error for the user.
   *
   * @param device what the device is called
   * @param text what was to be built
   * @param log what the compiler said
   */
  static DataException of(String device, String text, String log) {
    List<String> lines = text.lines().toList();
    Matcher place = PLACE.matcher(log);
    int line = place.find() ? number(place) : lines.size();
    String kernel = "";
    String origin = "";
    for (int i = Math.min(line, lines.size()) - 1; i >= 0 && origin.isEmpty(); i--) {
      Matcher begins = KERNEL.matcher(lines.get(i));
      if (kernel.isEmpty() && begins.find()) {
        kernel = begins.group(1);
      }
      Matcher comes = ORIGIN.matcher(lines.get(i));
      if (!kernel.isEmpty() && comes.find()) {
        origin = comes.group(1);
      }
    }
    String what = kernel.isEmpty() ? "the kernels" : "the kernel " + kernel;
    String from = origin.isEmpty() ? "" : ", which computes " + origin;
    StringBuilder message = new StringBuilder();
    message.append("the driver of ").append(device).append(" cannot compile ").append(what);
    message.append(from);
    log.lines().limit(LOG_LINES).forEach(l -> message.append("\n  ").append(l));
    return DataException.of(
        message.toString(), "a newer driver may; --device cpu computes the same without it");
  }

  private static int number(Matcher place) {
    return Integer.parseInt(place.group(1) != null ? place.group(1) : place.group(3));
  }
}
