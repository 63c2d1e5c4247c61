package dev.peephole.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an independent reader makes of these files, {@code tfevents.py} shows. */
class EventFileTest {
  private static final int RECORD = 12 + 4;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void setUp() {
    file = folder.resolve("part/events.out.tfevents");
  }

  /** The values of RFC 3720, B.4, masked as TFRecord says. */
  @Test
  void checksumsAreMasked() {
    assertThat(EventFile.checksum(new byte[32], 0, 32)).isEqualTo(masked(0x8a9136aa));
    byte[] ones = new byte[34];
    Arrays.fill(ones, 1, 33, (byte) 0xff);
    assertThat(EventFile.checksum(ones, 1, 32)).isEqualTo(masked(0x62a8ab43));
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(EventFile.checksum(digits, 0, 9)).isEqualTo(masked(0xe3069283));
  }

  private static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }

  /** Of the first record all but the time is known; so begins each event file of TensorFlow. */
  @Test
  void beginsWithItsVersion() throws IOException {
    EventFile.open(file, 0);
    byte[] bytes = Files.readAllBytes(file);
    String hex = HexFormat.of().formatHex(bytes);
    String version = HexFormat.of().formatHex("brain.Event:2".getBytes(StandardCharsets.UTF_8));
    assertThat(bytes).hasSize(RECORD + 26);
    assertThat(hex).startsWith("1a00000000000000");
    assertThat(hex.substring(24)).startsWith("09").contains("1000" + "1a0d" + version);
  }

  @Test
  void holdsNumbersByStep() throws IOException {
    EventFile events = EventFile.open(file, 0);
    int before = (int) Files.size(file);
    events.add(300, Map.of("loss", 0.5));
    byte[] all = Files.readAllBytes(file);
    byte[] event = Arrays.copyOfRange(all, before + 12, all.length - 4);
    // step 300, then a summary of 13 bytes: a value of 11, "loss" and 0.5f
    assertThat(HexFormat.of().formatHex(event).substring(18))
        .isEqualTo("10ac02" + "2a0d" + "0a0b" + "0a046c6f7373" + "150000003f");
  }

  @Test
  void goesOnBehindTheLastWholeRecord() throws IOException {
    EventFile events = EventFile.open(file, 0);
    events.add(1, Map.of("loss", 1.0));
    events.add(2, Map.of("loss", 2.0));
    byte[] two = Files.readAllBytes(file);
    events.add(3, Map.of("loss", 3.0));
    Files.write(file, new byte[] {24, 0, 0}, StandardOpenOption.APPEND);

    EventFile.open(file, 2);
    assertThat(Files.readAllBytes(file)).isEqualTo(two);
    EventFile.open(file, 2).add(3, Map.of("loss", 3.0));
    assertThat(file).hasSize(two.length + (two.length - RECORD - 26) / 2);
  }

  @Test
  void whatIsNoEventFileStays() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no event file at all, but some text");
    assertThatThrownBy(() -> EventFile.open(file, 9))
        .isInstanceOf(DataException.class)
        .hasMessage("is no event file");
    assertThat(file).hasContent("no event file at all, but some text");
  }
}
