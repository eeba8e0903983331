package dev.weir.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to a registry, asked of one address after the other until one answers or patience ends.
 * The address that answered last is asked first. Threads may share it.
 */
final class RegistryCalls {
  private static final String JSON = "application/vnd.schemaregistry.v1+json";
  private static final int NOT_FOUND = 404;
  private static final int SHOWN = 200;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RegistrySettings settings;
  private final Patience.Clock clock;
  private final HttpClient http;
  private volatile int first;

  RegistryCalls(RegistrySettings settings, Patience.Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.http = HttpClient.newBuilder()
        .connectTimeout(Duration.ofMillis(settings.timeoutMsMax()))
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  /** Begins a question, whose patience runs from now on. */
  Question question() {
    return new Question(new Patience(clock, settings.patienceMsMax()));
  }

  /**
   * What somebody wants to know, in one request or several that depend on each other: all of them
   * together take no longer than the settings' patience. For one thread.
   */
  final class Question {
    private final Patience patience;

    private Question(Patience patience) {
      this.patience = patience;
    }

    /** What a path has; empty if the registry says that it has nothing there. */
    Optional<JsonNode> get(String path) {
      return ask(path, "GET", BodyPublishers.noBody(), patience);
    }

    /** What the registry answers to a body; empty if it says that it has nothing of the kind. */
    Optional<JsonNode> post(String path, JsonNode body) {
      return ask(path, "POST", BodyPublishers.ofString(body.toString()), patience);
    }
  }

  private Optional<JsonNode> ask(
      String path, String method, BodyPublisher body, Patience patience) {
    List<String> failures = new ArrayList<>();
    boolean isAbsent = false;
    do {
      failures.clear();
      for (int i = 0; i < settings.urls().size(); i++) {
        int at = (first + i) % settings.urls().size();
        Answer answer = answer(settings.urls().get(at), path, method, body, patience);
        if (answer instanceof Answer.Found found) {
          first = at;
          return Optional.of(found.body());
        }
        if (answer instanceof Answer.Failed failed) {
          failures.add(settings.urls().get(at) + ": " + failed.why());
        }
        // Another address may be ahead of one that has not heard of a schema yet.
        isAbsent |= answer instanceof Answer.Absent;
      }
      // One that is not there now may know it: with patience, before those that are there are
      // believed.
    } while (!(isAbsent && failures.isEmpty()) && patience.pause());
    if (isAbsent) {
      return Optional.empty();
    }
    throw new RegistryOutage(String.format(
        Locale.ROOT,
        "the schema registry did not answer %s %s within %d ms: %s",
        method,
        path,
        settings.patienceMsMax(),
        String.join("; ", failures)));
  }

  /** What one address made of one question. */
  private sealed interface Answer {
    record Found(JsonNode body) implements Answer {}

    record Absent() implements Answer {}

    record Failed(String why) implements Answer {}
  }

  private Answer answer(
      URI url, String path, String method, BodyPublisher body, Patience patience) {
    if (!patience.isLeft()) {
      return new Answer.Failed("no time was left to ask it");
    }
    Duration limit = patience.of(settings.timeoutMsMax());
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .timeout(limit)
        .header("Accept", JSON + ", application/json")
        .header("Content-Type", JSON)
        .method(method, body);
    settings.authorization().ifPresent(value -> request.header("Authorization", value));
    // A request's own limit ends with the answer's headers; a body may come drop by drop.
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return meaning(url, path, answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return new Answer.Failed(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Answer.Failed("no whole answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw Patience.interrupted(e);
    }
  }

  private static Answer meaning(URI url, String path, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode body = json(response.body());
    int code = body.path("error_code").asInt();
    if (status / 100 == 2 && body.isContainerNode()) {
      return new Answer.Found(body);
    }
    // Any web server answers 404 to a path it does not know; a registry says which thing it lacks.
    if (status == NOT_FOUND && code / 100 == NOT_FOUND) {
      return new Answer.Absent();
    }
    String said = "status " + status + " " + cut(response.body());
    switch (status) {
      case 401, 403 ->
        throw new RegistryOutage(url + " refuses the credentials with " + said
            + "; see registry.userInfo, registry.token");
      case 409, 422 -> throw new IllegalArgumentException(url + path + " refuses with " + said);
      default -> {
        return new Answer.Failed(said);
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
