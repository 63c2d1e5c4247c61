package dev.peephole.playground;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in what comes from the page itself, and nothing that another page of the same browser may
 * send: neither under a name of its own that leads to this machine (DNS rebinding), nor from
 * another origin. A link on another page may lead to the page, which is then its own.
 */
final class Gate {
  private final Set<String> hosts;
  private final Set<String> origins;
  private final SecureRandom random = new SecureRandom();

  Gate(int port) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
  }

  /** Why a request is refused, if it is. */
  Optional<String> refused(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    boolean post = exchange.getRequestMethod().equals("POST");
    Optional<String> origin = Optional.ofNullable(headers.getFirst("Origin"));
    String site = Optional.ofNullable(headers.getFirst("Sec-Fetch-Site")).orElse("none");
    boolean opened =
        exchange.getRequestURI().getPath().equals("/")
            && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
    if (!hosts.contains(String.valueOf(headers.getFirst("Host")))) {
      return Optional.of("the playground is at " + hosts + " alone");
    } else if (origin.isPresent() ? !origins.contains(origin.get()) : post) {
      return Optional.of("only the playground's own page may ask for this");
    } else if (!List.of("same-origin", "none").contains(site) && (post || !opened)) {
      return Optional.of("other pages may not show this");
    } else if (post && !"application/json".equals(headers.getFirst("Content-Type"))) {
      return Optional.of("a request is JSON");
    }
    return Optional.empty();
  }

  /** Nobody guesses it. */
  String secret() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What every answer says about who may use it. */
  static void protect(Headers headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
  }
}
