package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a registry may answer that a healthy one does not, from a web server that says so. */
class RegistryClientTest {
  private static final String GOOD = "{\"schema\":\"\\\"string\\\"\"}";

  private record Reply(int status, String body) {}

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final SteppedClock clock = new SteppedClock();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
        + exchange.getRequestHeaders().getFirst("Authorization"));
    Reply reply = replies.size() > 1 ? replies.pop() : replies.element();
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private RegistryClient client(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(Map.of(
        RegistrySettings.URL,
        "http://localhost:" + server.getAddress().getPort() + "/api",
        RegistrySettings.PATIENCE_MS,
        "5000"));
    properties.putAll(more);
    return new RegistryClient(RegistrySettings.of(properties), clock);
  }

  /** A clock that moves when somebody sleeps, or when an answer takes long. */
  private static final class SteppedClock implements Patience.Clock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(long millis) {
      nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }
  }

  @Test
  void byId_secondTime_asksNobody() {
    replies.add(new Reply(200, GOOD));
    RegistryClient client = client(Map.of());

    assertThat(client.byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(client.byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(asked).containsExactly("GET /api/schemas/ids/7 null");
  }

  @Test
  void byId_moreThanRemembered_asksAgain() {
    replies.add(new Reply(200, GOOD));
    RegistryClient client = client(Map.of(RegistrySettings.SCHEMAS, "2"));

    List.of(1, 2, 3, 1).forEach(client::byId);

    assertThat(asked).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "429", "408"})
  void byId_onceOverloaded_asksAgain(int status) {
    replies.add(new Reply(status, "busy"));
    replies.add(new Reply(200, GOOD));

    assertThat(client(Map.of()).byId(7)).isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(asked).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          500 | busy                         | 6
          404 | <html>no such page</html>    | 6
          404 | {"error_code":0}             | 6
          200 | <html>please sign in</html>  | 6
          401 | {"error_code":401}           | 1
          403 | {"error_code":403}           | 1
          """)
  void byId_noAnswerOfUse_isAnOutage(int status, String body, int attempts) {
    replies.add(new Reply(status, body));

    assertThatExceptionOfType(RegistryOutage.class)
        .isThrownBy(() -> client(Map.of()).byId(7))
        .withMessageContaining("status " + status);
    assertThat(asked).hasSize(attempts);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          404 | {"error_code":40403}                            | no schema with id 7
          200 | {"schema":"{}","schemaType":"JSON"}             | schema 7 is of type JSON
          200 | {"schema":"{\\"type\\":\\"recordd\\"}"}         | schema 7 cannot be read
          """)
  void byId_noAvroSchema_isUnknown(int status, String body, String message) {
    replies.add(new Reply(status, body));

    assertThatExceptionOfType(UnknownSchema.class)
        .isThrownBy(() -> client(Map.of()).byId(7))
        .withMessageContaining(message);
    assertThat(asked).hasSize(1);
  }

  @Test
  void byId_absentWhereAnotherAddressIsDown_isAskedAgain() {
    replies.add(new Reply(404, "{\"error_code\":40403}"));
    replies.add(new Reply(200, GOOD));
    String up = "http://localhost:" + server.getAddress().getPort() + "/api";

    assertThat(client(Map.of(RegistrySettings.URL, up + ",http://localhost:1")).byId(7))
        .isEqualTo(Schema.create(Schema.Type.STRING));
    assertThat(asked).hasSize(2);
  }

  @Test
  void byId_referencesThatAnswerSlowly_shareOnePatience() {
    String refers =
        "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"n\",\"subject\":\"s\",\"version\":1}]}";
    replies.add(new Reply(200, refers));
    replies.add(new Reply(503, "busy"));

    assertThatExceptionOfType(RegistryOutage.class)
        .isThrownBy(() -> client(Map.of(RegistrySettings.PATIENCE_MS, "1000")).byId(7));
    assertThat(clock.nanos()).isLessThan(TimeUnit.MILLISECONDS.toNanos(1_000));
  }

  @Test
  void byId_answerThatNeverEnds_isAnOutageAfterItsPatience() throws IOException {
    HttpServer hanging =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hanging.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    });
    hanging.start();
    String url = "http://localhost:" + hanging.getAddress().getPort();
    RegistryClient client = new RegistryClient(RegistrySettings.of(Map.of(
        RegistrySettings.URL,
        url + "," + url,
        RegistrySettings.TIMEOUT_MS,
        "200",
        RegistrySettings.PATIENCE_MS,
        "400")));

    assertThatExceptionOfType(RegistryOutage.class)
        .isThrownBy(() -> client.byId(7))
        .withMessageContainingAll("within 400 ms", "no whole answer");
    hanging.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"1, 4000, 4000, true", "1, 4001, 4000, false", "2, 2001, 4000, false"})
  void of_addressesThatCannotAllBeAsked_areRefused(
      int addresses, String timeoutMs, String patienceMs, boolean isTaken) {
    Map<String, String> properties = Map.of(
        RegistrySettings.URL,
        String.join(",", Collections.nCopies(addresses, "http://localhost:1")),
        RegistrySettings.TIMEOUT_MS,
        timeoutMs,
        RegistrySettings.PATIENCE_MS,
        patienceMs);

    if (isTaken) {
      assertThat(RegistrySettings.of(properties).urls()).hasSize(addresses);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RegistrySettings.of(properties))
          .withMessageContainingAll(timeoutMs + " ms each", "within " + patienceMs + " ms");
    }
  }

  @Test
  void byId_userOrToken_isSentAlong() {
    replies.add(new Reply(200, GOOD));

    client(Map.of(RegistrySettings.USER_INFO, "ann:secret")).byId(7);
    client(Map.of(RegistrySettings.TOKEN, "abc")).byId(7);

    assertThat(asked)
        .containsExactly(
            "GET /api/schemas/ids/7 Basic YW5uOnNlY3JldA==", "GET /api/schemas/ids/7 Bearer abc");
  }

  @Test
  void find_subjectWithASlash_isOnePathSegment() {
    replies.add(new Reply(200, "{\"id\":3}"));

    assertThat(client(Map.of()).find("a/b c", Schema.create(Schema.Type.INT))).hasValue(3);
    assertThat(asked).containsExactly("POST /api/subjects/a%2Fb%20c null");
  }

  @ParameterizedTest
  @CsvSource({"'', do not begin", "00000007, followed by more"})
  void deserialize_bytesThatAreNone_cannotBeRead(String hex, String message) {
    replies.add(new Reply(
        200,
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[]}\"}"));
    RegistryDeserializer deserializer = new RegistryDeserializer();
    deserializer.configure(
        Map.of(RegistrySettings.URL, "http://localhost:" + server.getAddress().getPort() + "/api"),
        false);
    byte[] bytes = hex.isEmpty() ? new byte[] {1, 2} : new byte[] {0, 0, 0, 0, 7, 99};

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> deserializer.deserialize("t", bytes))
        .withMessageContaining(message);
  }
}
