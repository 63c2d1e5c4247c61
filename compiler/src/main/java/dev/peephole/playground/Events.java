package dev.peephole.playground;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a page is told of a run, as server-sent events: {@code losses}, those since the last time,
 * and {@code state}. When the page is closed the next event finds that out, and the run pauses.
 */
final class Events {
  private static final long BEAT = 1000;

  private final Player player;
  private long told;
  private int losses;

  Events(Player player) {
    this.player = player;
  }

  /** Sends them until the page is gone. */
  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    player.watched();
    try (OutputStream out = exchange.getResponseBody()) {
      while (!player.isClosed()) {
        Player.State state = player.after(told, BEAT);
        if (state.number() == told) {
          write(out, ": still here\n\n");
        } else {
          told = state.number();
          lossesUpTo((int) state.steps(), out);
          write(out, "event: state\ndata: " + state.json() + "\n\n");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      player.left();
    }
  }

  /** Tells the losses that the page lacks; after a reset it lacks all of them. */
  private void lossesUpTo(int steps, OutputStream out) throws IOException {
    if (steps < losses) {
      losses = 0;
    }
    float[] all = player.run().losses();
    int from = losses;
    String numbers = Floats.of(steps - from, i -> all[from + i]);
    write(out, "event: losses\ndata: {\"from\":" + from + ",\"losses\":\"" + numbers + "\"}\n\n");
    losses = steps;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
