package dev.peephole.playground;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Asks a playground what its page would ask. */
final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;

  Client(URI server) {
    this.server = server;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  /** A request as the page sends it. */
  HttpRequest.Builder post(String path, Map<String, Object> asked) {
    try {
      return request(path)
          .header("Origin", server.toString().replaceAll("/$", ""))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(JSON.std.asString(asked)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Map<String, Object> ask(String path, Map<String, Object> asked) {
    HttpResponse<String> answer = send(post(path, asked));
    return map(answer.body());
  }

  Map<String, Object> open(String text) {
    return ask("/open", Map.of("text", text));
  }

  /** The messages of problems. */
  @SuppressWarnings("unchecked")
  static List<String> messages(Map<String, Object> answer) {
    return ((List<Map<String, Object>>) answer.get("problems"))
        .stream().map(problem -> (String) problem.get("message")).toList();
  }

  static Map<String, Object> map(String json) {
    try {
      return JSON.std.mapFrom(json);
    } catch (IOException e) {
      throw new IllegalStateException(json, e);
    }
  }

  void tell(Object run, String what, long count) {
    ask("/do", Map.of("run", run, "what", what, "count", count));
  }

  /** The first state of a run of which something holds, with the losses up to it. */
  @SuppressWarnings("unchecked")
  State state(Object run, Predicate<Map<String, Object>> wanted) {
    List<Float> losses = new ArrayList<>();
    HttpRequest.Builder request = request("/events?run=" + run);
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      String kind = "";
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.startsWith("event: ")) {
          kind = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          Map<String, Object> data = map(line.substring("data: ".length()));
          if (kind.equals("losses")) {
            losses.subList((int) data.get("from"), losses.size()).clear();
            losses.addAll(floats((String) data.get("losses")));
          } else if (wanted.test(data)) {
            return new State(data, (Map<String, Object>) data.get("seen"), losses);
          }
        }
      }
      throw new IllegalStateException("the run is over");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The state once a run pauses at a step. */
  State at(Object run, long step) {
    return state(run, state -> isAt(state, step));
  }

  private static boolean isAt(Map<String, Object> state, long step) {
    Map<?, ?> seen = (Map<?, ?>) state.get("seen");
    return state.get("playing").equals(false) && ((Number) seen.get("step")).longValue() == step;
  }

  record State(Map<String, Object> all, Map<String, Object> seen, List<Float> losses) {
    /** The numbers of each parameter. */
    @SuppressWarnings("unchecked")
    List<List<Float>> parameters() {
      return ((List<String>) seen.get("parameters")).stream().map(Client::floats).toList();
    }

    /** The gradients of each. */
    @SuppressWarnings("unchecked")
    List<List<Float>> gradients() {
      return ((List<String>) seen.get("gradients")).stream().map(Client::floats).toList();
    }

    /** The numbers of values of the batch, by their places in the trace. */
    @SuppressWarnings("unchecked")
    Map<Integer, List<Float>> values() {
      Map<Integer, List<Float>> values = new HashMap<>();
      for (Map<String, Object> value : (List<Map<String, Object>>) seen.get("values")) {
        values.put((Integer) value.get("value"), floats((String) value.get("numbers")));
      }
      return values;
    }
  }

  static List<Float> floats(String text) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
    List<Float> floats = new ArrayList<>();
    while (bytes.hasRemaining()) {
      floats.add(bytes.getFloat());
    }
    return floats;
  }
}
