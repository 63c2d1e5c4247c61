package dev.peephole.playground;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.peephole.explain.Html;
import dev.peephole.runtime.data.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The server of the playground, on the loopback interface alone. It answers the page that it
 * serves, and reads no file of the machine.
 */
public final class Playground implements AutoCloseable {
  private static final int USUAL_PORT = 7313;
  private static final int MOST_ASKED = 16 << 20;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Gate gate;
  private final Resources resources = new Resources();
  private final Workshop workshop;
  private final Given given;

  private Playground(Given given, HttpServer server) {
    this.given = given;
    this.server = server;
    this.gate = new Gate(server.getAddress().getPort());
    this.workshop = new Workshop(given, gate::secret);
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "playground server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts it where it usually is, so that the links of others lead here; if that port is taken, at
   * a free one.
   *
   * @param given what the command line named
   */
  public static Playground start(Given given) {
    try {
      return new Playground(given, bound(USUAL_PORT));
    } catch (BindException taken) {
      return start(given, 0);
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  /**
   * Starts it.
   *
   * @param given what the command line named
   * @param port where; 0 for any that is free
   * @throws DataException if the port is taken
   */
  public static Playground start(Given given, int port) {
    try {
      return new Playground(given, bound(port));
    } catch (BindException e) {
      throw DataException.of("port " + port + " is taken", "without --port a free one is found");
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  private static HttpServer bound(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return HttpServer.create(new InetSocketAddress(loopback, port), 0);
  }

  private static DataException cannot(IOException e) {
    return DataException.of("no server can be started: " + e.getMessage(), "");
  }

  /** Where the page is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    workshop.close();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Gate.protect(exchange.getResponseHeaders());
      Optional<String> refused = gate.refused(exchange);
      if (refused.isPresent()) {
        send(exchange, 403, "text/plain; charset=utf-8", refused.get());
        return;
      }
      try {
        answer(exchange);
      } catch (DataException e) {
        problem(exchange, e);
      } catch (RuntimeException e) {
        problem(exchange, Limited.problem(e));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Resources.Resource resource = resources.at(path);
    if (exchange.getRequestMethod().equals("POST")) {
      String body = new String(body(exchange), StandardCharsets.UTF_8);
      json(exchange, asked(path, Asked.of(body)));
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "text/plain; charset=utf-8", "GET or POST");
    } else if (resource != null) {
      send(exchange, 200, resource.type(), resource.text());
    } else {
      page(exchange, path);
    }
  }

  private void page(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case "/" -> {
        String nonce = gate.secret();
        Resources.Resource page = resources.page(nonce, givenJson());
        exchange.getResponseHeaders().set("Content-Security-Policy", resources.policy(nonce));
        send(exchange, 200, page.type(), page.text());
      }
      case "/events" -> new Events(workshop.player(query(exchange, "run"))).send(exchange);
      case "/explain" -> {
        exchange
            .getResponseHeaders()
            .set("Content-Security-Policy", "frame-ancestors 'self'; form-action 'none'");
        String page = workshop.explained(query(exchange, "run"));
        send(exchange, 200, "text/html; charset=utf-8", page);
      }
      case "/code" -> code(exchange);
      default -> send(exchange, 404, "text/plain; charset=utf-8", "there is nothing here");
    }
  }

  private String givenJson() {
    return Html.json(
        Map.of(
            "name", given.name(),
            "text", given.text(),
            "files", given.files().keySet(),
            "examples", Example.all()));
  }

  private void code(HttpExchange exchange) throws IOException {
    Workshop.CodeFile file = workshop.code(query(exchange, "run"), query(exchange, "style"));
    exchange
        .getResponseHeaders()
        .set("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
    send(exchange, 200, "text/plain; charset=utf-8", file.text());
  }

  private String asked(String path, Asked asked) {
    return switch (path) {
      case "/check" -> workshop.check(asked.draft());
      case "/open" -> workshop.open(asked);
      case "/do" -> workshop.tell(asked);
      case "/update" -> workshop.update(asked);
      default -> throw DataException.of("nothing can be asked at " + path, "");
    };
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_ASKED + 1);
    if (body.length > MOST_ASKED) {
      throw DataException.of("the request is too long", "");
    }
    return body;
  }

  private static String query(HttpExchange exchange, String name) {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    return Stream.of(query.split("&"))
        .map(part -> part.split("=", 2))
        .filter(part -> part.length == 2 && part[0].equals(name))
        .map(part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8))
        .collect(Collectors.joining());
  }

  private static void problem(HttpExchange exchange, DataException problem) throws IOException {
    json(exchange, "{\"problems\":[" + Problem.of(problem).json() + "]}");
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    send(exchange, 200, "application/json; charset=utf-8", text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
