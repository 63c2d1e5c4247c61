package dev.peephole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peephole.opencl.OnDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code nnc devices}, and {@code --device} where the device is not there. */
class DevicesTest extends CommandTest {

  @Test
  void listsTheCpuInAnyCase() {
    assertThat(nnc("devices").lines().get(0)).startsWith("cpu        Java ");
  }

  @Test
  void listsWhatOpenClFinds() {
    OnDevice.require();
    Outcome devices = nnc("devices");
    assertThat(devices.status()).isZero();
    assertThat(devices.err()).isEmpty();
    assertThat(devices.lines().get(2)).startsWith("opencl:0   ");
    assertThat(nnc("devices", "--json").lines())
        .allMatch(CheckTest::isObject)
        .anyMatch(line -> line.contains("\"device\":\"opencl:0\""));
  }

  @Test
  void theDriverCompilesWhatIsChecked() {
    OnDevice.require();
    Outcome checked = nnc("check", "--device", "opencl", XOR, SAMPLES.resolve("fever/fever.nn"));
    assertThat(checked.err()).isEmpty();
    assertThat(checked.lines()).hasSize(2).allMatch(line -> line.endsWith(".nn: ok"));
    assertThat(nnc("check", "--device", "opencl:99", XOR).err())
        .startsWith("error: there is no device opencl:99");
  }

  @Test
  void theGradientsOfADeviceAreComparedWithDifferences() {
    OnDevice.require();
    Outcome compared = nnc("gradcheck", "--device", "opencl", XOR);
    assertThat(compared.err()).isEmpty();
    assertThat(compared.lines())
        .endsWith("Xor: the gradients agree with central differences")
        .hasSize(5);
  }

  /** The device is some steps ahead by then, and must not have gone on. */
  @Test
  void whatDivergesIsExplainedAsOnTheCpu() throws IOException {
    OnDevice.require();
    Path fever = SAMPLES.resolve("fever");
    Files.copy(fever.resolve("fever.csv"), folder.resolve("fever.csv"));
    String text = Files.readString(fever.resolve("fever.nn"));
    Path model = write("steep.nn", text.replaceFirst("optimizer .*", "optimizer sgd(rate: 1e20)"));
    Outcome here = nnc("train", model, "--quiet", "-o", folder.resolve("here"));
    Path other = folder.resolve("there");
    Outcome there = nnc("train", model, "--quiet", "--device", "opencl", "-o", other);
    assertThat(there.status()).isEqualTo(1);
    assertThat(there.err())
        .contains("the first value that is not finite")
        .isEqualTo(here.err().replace(folder.resolve("here").toString(), other.toString()));
  }

  @Test
  void aBatchThatNoDeviceHasRoomFor() throws IOException {
    OnDevice.require();
    String large = POINTS.replace("batch       4", "batch       2000000000");
    Outcome refused = nnc("check", "--device", "opencl", write("large.nn", large));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith("error: ")
        .contains("MB", "needed")
        .contains("  hint: a smaller --batch needs less\n");
  }

  @Test
  void aDeviceThatIsNotThere() {
    OnDevice.require();
    Outcome refused = nnc("train", XOR, "--device", "opencl:99");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith("error: there is no device opencl:99: the last one is opencl:")
        .endsWith("  hint: nnc devices lists them\n");
  }
}
