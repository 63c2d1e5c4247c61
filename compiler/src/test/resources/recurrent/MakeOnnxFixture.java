import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes what the operator LSTM of ONNX Runtime, with its peephole input P, makes of random numbers
 * into onnx.txt. Run with version 1.29.0 of {@code com.microsoft.onnxruntime:onnxruntime} from
 * Maven Central:
 *
 * <pre>
 * java -cp onnxruntime-1.29.0.jar MakeOnnxFixture.java
 * </pre>
 *
 * <p>The operator computes in single precision. It keeps the gates one below the other: those of W,
 * R and the biases in the order i, o, f, c (the model's g), the peepholes in the order i, o, f. Of
 * its two biases a gate the second, of the state, is 0 here. The file has the blocks of the others
 * in this folder: the input x, every parameter by the name that the model gives it, the outputs of
 * all steps h, and the final states s and c.
 */
final class MakeOnnxFixture {
  private static final int STEPS = 7;
  private static final int BATCH = 3;
  private static final int INPUTS = 4;
  private static final int UNITS = 5;
  private static final String GATES = "iofg";
  private static final String PEEPHOLES = "iof";
  private static final Random RANDOM = new Random(1);

  public static void main(String[] arguments) throws Exception {
    float[] x = numbers(STEPS * BATCH * INPUTS);
    float[] weights = numbers(GATES.length() * UNITS * INPUTS);
    float[] recurrent = numbers(GATES.length() * UNITS * UNITS);
    float[] biases = new float[2 * GATES.length() * UNITS];
    System.arraycopy(numbers(biases.length / 2), 0, biases, 0, biases.length / 2);
    float[] peepholes = numbers(PEEPHOLES.length() * UNITS);
    StringBuilder out = new StringBuilder();
    write(out, "x", x, BATCH, STEPS, INPUTS, INPUTS, BATCH * INPUTS);
    for (int k = 0; k < GATES.length(); k++) {
      char gate = GATES.charAt(k);
      transposed(out, "W_" + gate, weights, k, INPUTS);
      transposed(out, "U_" + gate, recurrent, k, UNITS);
      row(out, "b_" + gate, biases, k);
    }
    for (int k = 0; k < PEEPHOLES.length(); k++) {
      row(out, "p_" + PEEPHOLES.charAt(k), peepholes, k);
    }
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = environment.createSession(model())) {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      inputs.put("X", tensor(environment, x, STEPS, BATCH, INPUTS));
      inputs.put("W", tensor(environment, weights, 1, GATES.length() * UNITS, INPUTS));
      inputs.put("R", tensor(environment, recurrent, 1, GATES.length() * UNITS, UNITS));
      inputs.put("B", tensor(environment, biases, 1, biases.length));
      inputs.put("P", tensor(environment, peepholes, 1, peepholes.length));
      try (OrtSession.Result results = session.run(inputs)) {
        write(out, "h", values(results, 0), BATCH, STEPS, UNITS, UNITS, BATCH * UNITS);
        write(out, "s", values(results, 1), BATCH, 1, UNITS, UNITS, 0);
        write(out, "c", values(results, 2), BATCH, 1, UNITS, UNITS, 0);
      }
    }
    Files.writeString(Path.of("onnx.txt"), out);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = (float) RANDOM.nextGaussian() / 2;
    }
    return numbers;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, float[] numbers, long... shape)
      throws Exception {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), shape);
  }

  private static float[] values(OrtSession.Result results, int place) {
    return ((OnnxTensor) results.get(place)).getFloatBuffer().array();
  }

  private static void row(StringBuilder out, String name, float[] all, int part) {
    float[] own = new float[UNITS];
    System.arraycopy(all, part * UNITS, own, 0, UNITS);
    write(out, name, own, 1, 1, UNITS, 0, 0);
  }

  /** A gate's part of a matrix, with a row an input. */
  private static void transposed(StringBuilder out, String name, float[] all, int part, int rows) {
    float[] own = new float[rows * UNITS];
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < UNITS; unit++) {
        own[row * UNITS + unit] = all[(part * UNITS + unit) * rows + row];
      }
    }
    write(out, name, own, 1, rows, UNITS, 0, UNITS);
  }

  /** A block of rows that lie so far apart, that of each example first. */
  private static void write(
      StringBuilder out,
      String name,
      float[] numbers,
      int examples,
      int steps,
      int width,
      int exampleStride,
      int stepStride) {
    out.append(name).append(examples > 1 ? " " + examples : "");
    out.append(steps > 1 ? " " + steps : "").append(" ").append(width).append("\n");
    for (int example = 0; example < examples; example++) {
      for (int step = 0; step < steps; step++) {
        for (int k = 0; k < width; k++) {
          int place = example * exampleStride + step * stepStride + k;
          out.append(k > 0 ? " " : "").append(numbers[place]);
        }
        out.append("\n");
      }
    }
  }

  /** A graph with the operator alone, as the protocol buffer that ONNX says. */
  private static byte[] model() {
    Message node = new Message();
    for (String input : new String[] {"X", "W", "R", "B", "", "", "", "P"}) {
      node.text(1, input);
    }
    for (String output : new String[] {"Y", "Y_h", "Y_c"}) {
      node.text(2, output);
    }
    node.text(4, "LSTM");
    node.message(5, new Message().text(1, "hidden_size").number(3, UNITS).number(20, 2));
    int rows = GATES.length() * UNITS;
    Message graph = new Message().message(1, node).text(2, "lstm");
    graph.message(11, value("X", STEPS, BATCH, INPUTS));
    graph.message(11, value("W", 1, rows, INPUTS));
    graph.message(11, value("R", 1, rows, UNITS));
    graph.message(11, value("B", 1, 2 * rows));
    graph.message(11, value("P", 1, PEEPHOLES.length() * UNITS));
    graph.message(12, value("Y", STEPS, 1, BATCH, UNITS));
    graph.message(12, value("Y_h", 1, BATCH, UNITS));
    graph.message(12, value("Y_c", 1, BATCH, UNITS));
    Message operators = new Message().text(1, "").number(2, 14);
    return new Message().number(1, 8).message(7, graph).message(8, operators).bytes();
  }

  private static Message value(String name, int... shape) {
    Message axes = new Message();
    for (int length : shape) {
      axes.message(1, new Message().number(1, length));
    }
    Message tensor = new Message().number(1, 1).message(2, axes);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of protocol buffers under construction. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return block(field, value.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private Message block(int field, byte[] bytes) {
      varint((long) field << 3 | 2);
      varint(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while (rest >= 0x80) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
