package dev.peephole.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.peephole.runtime.data.DataFolder;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the playground's server does, and what it refuses. */
@Timeout(60)
class PlaygroundTest {
  private static final String XOR = Example.all().get(1).text();

  private static Playground playground;
  private static Client client;

  @BeforeAll
  static void start() {
    playground = Playground.start(Given.nothing(), 0);
    client = new Client(playground.address());
  }

  @AfterAll
  static void stop() {
    playground.close();
  }

  @Test
  void theServerIsOnTheLoopbackInterface() {
    assertThat(playground.address().getHost()).isEqualTo("127.0.0.1");
    assertThat(client.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void thePageRunsNothingButItsOwnScripts() {
    String policy = client.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  /** A name of another site that leads to this machine: DNS rebinding. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1", "localhost:1", "evil.example:%s"})
  void otherHostsAreRefused(String host) throws IOException {
    int port = playground.address().getPort();
    assertThat(raw("GET / HTTP/1.1\r\nHost: " + host.formatted(port) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private static String raw(String request) throws IOException {
    URI address = playground.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(64);
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Content-Type, text/plain"
  })
  void otherOriginsAreRefused(String header, String value) {
    HttpRequest.Builder asked = client.post("/check", Map.of("text", XOR));
    assertThat(client.send(asked.copy().setHeader(header, value)).statusCode()).isEqualTo(403);
    assertThat(client.send(asked).statusCode()).isEqualTo(200);
  }

  /** A link that somebody was sent leads to the page, and to nothing else. */
  @Test
  void aLinkOnAnotherSiteOpensThePage() {
    assertThat(client.send(linked("/")).statusCode()).isEqualTo(200);
    assertThat(client.send(linked("/explain?run=a")).statusCode()).isEqualTo(403);
  }

  private static HttpRequest.Builder linked(String path) {
    return client
        .request(path)
        .header("Sec-Fetch-Site", "cross-site")
        .header("Sec-Fetch-Dest", "document");
  }

  @Test
  void aRequestWithoutAnOriginIsRefused() {
    HttpRequest.Builder asked =
        client
            .request("/open")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"\"}"));
    assertThat(client.send(asked).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "csv(\"%s\") { x = columns 0, 1   y = column 2 }",
        "idx(\"%s\", \"%s\") { x = values   y = labels }",
        "text(\"%s\") { x = window 2 step 1   y = x shifted 1 }"
      })
  void aModelReadsNoFileOfTheMachine(String data, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret.csv"), "1,2,3\n4,5,6\n");
    String source = data.replace("%s", file.toString());
    Map<String, Object> answer = client.open(XOR.replace("xor() { x = x   y = y }", source));
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).isNotEmpty();
    assertThat(answer.toString()).contains("there is no such file").doesNotContain("4,5,6");
  }

  @Test
  void aModelImportsNoFileOfTheMachine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("more.nn"), "const secret = 4\n");
    Map<String, Object> answer = client.open("import \"" + file + "\"\n" + XOR);
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).singleElement().asString().contains("no such file");
  }

  @Test
  void whatTheCommandLineNamesIsRead(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("own.csv"), "a,b,c\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    Files.writeString(folder.resolve("units.nn"), "const units = 3\n");
    String text =
        "import \"units.nn\"\n"
            + XOR.replace("dense(x, 3)", "dense(x, units)")
                .replace(
                    "xor() { x = x   y = y }",
                    "csv(\"own.csv\") { x = columns \"a\", \"b\"   y = column \"c\" }");
    Path model = Files.writeString(folder.resolve("own.nn"), text);
    Given given = Given.read(model, DataFolder.of(folder));
    try (Playground own = Playground.start(given, 0)) {
      Client page = new Client(own.address());
      assertThat(page.open(text)).containsKey("run");
      assertThat(page.get("/").body()).contains("own.csv");
    }
  }

  @Test
  void errorsAreThoseOfTheCompiler() {
    Map<String, Object> answer = client.open(XOR.replace("dense(h, 1)", "denze(h, 1)"));
    Map<?, ?> problem = (Map<?, ?>) ((List<?>) answer.get("problems")).get(0);
    assertThat(problem.get("line")).isEqualTo(7);
    assertThat(problem.get("column")).isEqualTo(11);
    assertThat(problem.get("hints").toString()).contains("dense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense(x, 1000000000)",
        "dense(dense(x, 1000000000), 1000000000)",
        "dense(dense(x, 100000), 100000)",
        "dense(x, 200000)"
      })
  void whatIsTooLargeIsSaidSo(String layer) {
    Map<String, Object> answer = client.open(XOR.replace("dense(x, 3)", layer));
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).singleElement().asString().contains("too ");
  }

  @Test
  void whatIsTooLongIsSaidSo() {
    String text = Example.all().get(5).text().replace("steps = 20", "steps = 3000");
    Map<String, Object> answer = client.open(text);
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).singleElement().asString().contains("too many");
  }

  @Test
  void tooMuchDataIsSaidSo() {
    String text = Example.all().get(2).text().replace("examples: 300", "examples: 2000000000");
    Map<String, Object> answer = client.open(text);
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).singleElement().asString().contains("too ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "network A {", "const a = 1", "\u0000\ud800"})
  void whatCannotBeTrainedIsSaidSo(String text) {
    Map<String, Object> answer = client.open(text);
    assertThat(answer).doesNotContainKey("run");
    assertThat(Client.messages(answer)).isNotEmpty().noneMatch(m -> m.contains("internal"));
  }

  static List<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesLearn(Example example) {
    Map<String, Object> answer =
        client.ask("/open", Map.of("text", example.text(), "files", example.files()));
    assertThat(Client.messages(answer)).isEmpty();
    client.tell(answer.get("run"), "go", 60);
    List<Float> losses = client.at(answer.get("run"), 60).losses();
    assertThat(mean(losses.subList(50, 60))).isLessThan(mean(losses.subList(0, 10)));
  }

  private static double mean(List<Float> numbers) {
    return numbers.stream().mapToDouble(n -> n).average().orElseThrow();
  }

  @Test
  void aResetLeadsToTheSameFirstWeights() {
    Object run = client.open(XOR).get("run");
    List<List<Float>> first = client.at(run, 0).parameters();
    client.tell(run, "step", 5);
    List<List<Float>> fifth = client.at(run, 5).parameters();
    client.tell(run, "reset", 0);
    assertThat(client.at(run, 0).parameters()).isEqualTo(first).isNotEqualTo(fifth);
    client.tell(run, "go", 5);
    assertThat(client.at(run, 5).parameters()).isEqualTo(fifth);
  }

  @Test
  void aStateIsReplayedToTheSameBits() {
    Example spiral = Example.all().get(2);
    Map<String, Object> asked = Map.of("text", spiral.text(), "seed", 11, "step", 23);
    List<List<Float>> once = client.at(client.ask("/open", asked).get("run"), 23).parameters();
    assertThat(client.at(client.ask("/open", asked).get("run"), 23).parameters()).isEqualTo(once);
    Map<String, Object> other = Map.of("text", spiral.text(), "step", 23);
    assertThat(client.at(client.ask("/open", other).get("run"), 23).parameters())
        .isNotEqualTo(once);
  }

  @Test
  void whatIsTooFarAwayIsNotReplayed() {
    Map<String, Object> answer = client.ask("/open", Map.of("text", XOR, "step", 1L << 40));
    assertThat(Client.messages(answer)).singleElement().asString().contains("too far");
  }

  @Test
  void anErrorLeavesTheRunBeforeAsItIs() {
    Object run = client.open(XOR).get("run");
    client.ask("/open", Map.of("text", XOR + "?", "instead", run));
    client.tell(run, "step", 1);
    assertThat(client.at(run, 1).losses()).hasSize(1);
    client.ask("/open", Map.of("text", XOR, "instead", run));
    assertThat(client.get("/explain?run=" + run).body()).contains("this run is over");
  }

  @Test
  void theGradientsOfValuesAreThoseOfTheParameters() {
    Map<String, Object> opened = client.open(XOR);
    Client.State state = client.at(opened.get("run"), 0);
    List<?> values = (List<?>) ((Map<?, ?>) opened.get("trace")).get("values");
    int place = -1;
    for (int v = 0; v < values.size(); v++) {
      place = "dW1".equals(((Map<?, ?>) values.get(v)).get("name")) ? v : place;
    }
    List<Float> gradient = state.gradients().get(0);
    List<Float> interpreted = state.values().get(place);
    for (int i = 0; i < gradient.size(); i++) {
      assertThat(interpreted.get(i)).isCloseTo(gradient.get(i), within(1e-6f));
    }
  }

  @Test
  void theUpdateSaysWhatTheNextStepDoes() {
    Object run = client.open(XOR).get("run");
    client.tell(run, "step", 3);
    client.at(run, 3);
    List<?> lines =
        (List<?>)
            client.ask("/update", Map.of("run", run, "parameter", 0, "place", 4)).get("lines");
    Map<?, ?> last = (Map<?, ?>) lines.get(lines.size() - 1);
    client.tell(run, "step", 1);
    float next = client.at(run, 4).parameters().get(0).get(4);
    assertThat(((Number) last.get("result")).floatValue()).isCloseTo(next, within(1e-6f));
  }

  @Test
  void whatDivergesIsSaidSo() {
    Object run =
        client
            .open(
                XOR.replace("rate: 0.5", "rate: 1000")
                    .replace("tanh(dense(x, 3))", "dense(x, 3)")
                    .replace("binary_cross_entropy(logit, y)", "mse(logit, y)"))
            .get("run");
    client.tell(run, "pace", 100);
    client.tell(run, "start", 0);
    Map<String, Object> state =
        client.state(run, s -> !((List<?>) s.get("problems")).isEmpty()).all();
    assertThat(state.get("playing")).isEqualTo(false);
    assertThat(state.get("problems").toString()).contains("not finite");
  }

  @Test
  void theCodeIsAFileToKeep() {
    Object run = client.open(XOR).get("run");
    var code = client.get("/code?style=textbook&run=" + run);
    assertThat(code.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(name -> assertThat(name).contains("Xor.java"));
    assertThat(code.body()).contains("// h = tanh(z)");
    assertThat(client.get("/explain?run=" + run).body()).contains("of step 1 of the playground");
  }
}
