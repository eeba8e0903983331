package dev.weir.gating.control;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.Keys;
import dev.weir.gating.signing.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlOrderTest {
  private static final ControlKeys KEYS = new ControlKeys(
      new TrustedKeys(List.of(Keys.FIRST.publicKey(), Keys.SECOND.publicKey()), 2),
      List.of(Keys.THIRD.publicKey()));

  private static ControlOrder order(ControlOrder.Action action) {
    return new ControlOrder("passenger", action, 4, "ann", 99);
  }

  static Stream<ControlOrder.Action> actions() {
    return Stream.of(
        new ControlOrder.Stop(ControlOrder.Stop.Kind.KILL_SWITCH),
        new ControlOrder.Stop(ControlOrder.Stop.Kind.BREAKER),
        new ControlOrder.AddCanaries(Set.of("b", "a")),
        new ControlOrder.Unknown("SLOW_DOWN"),
        new ControlOrder.Lift("PAUSE"));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void read_whatWasWritten_isTheOrder(ControlOrder.Action action) {
    assertThat(ControlOrder.read(order(action).unsigned())).isEqualTo(order(action));
    assertThat(order(action).about()).isEqualTo("passenger/" + action.kind());
    assertThat(order(action).key()).isEqualTo("passenger/" + action.kind() + "/4");
  }

  @Test
  void unsigned_payload_isCanonicalJson() {
    ControlOrder order = order(new ControlOrder.AddCanaries(Set.of("b", "a")));

    assertThat(new String(order.unsigned().payload(), StandardCharsets.UTF_8))
        .isEqualTo("{\"active\":true,\"by\":\"ann\",\"ids\":[\"a\",\"b\"],\"issuedAt\":99,"
            + "\"kind\":\"CANARY_ADDED\",\"scope\":\"passenger\",\"sequence\":4}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"active\":true}",
        "{\"active\":1,\"by\":\"\",\"ids\":[],\"issuedAt\":9,\"kind\":\"PAUSE\",\"scope\":\"p\",\"sequence\":4}",
        "{\"active\":true,\"by\":\"\",\"ids\":[1],\"issuedAt\":9,\"kind\":\"PAUSE\",\"scope\":\"p\",\"sequence\":4}",
        "{\"active\":true,\"by\":\"\",\"ids\":[],\"issuedAt\":9,\"kind\":\"PAUSE\",\"scope\":\"p\",\"sequence\":-4}",
        "{\"active\":true,\"by\":\"\",\"ids\":[],\"issuedAt\":9,\"kind\":\"PAUSE\",\"scope\":\"\",\"sequence\":4}",
        "{\"active\":true, \"by\":\"\",\"ids\":[],\"issuedAt\":9,\"kind\":\"PAUSE\",\"scope\":\"p\",\"sequence\":4}"
      })
  void read_noOrder_isRefused(String payload) {
    Envelope envelope =
        Envelope.unsigned(ControlOrder.PAYLOAD_TYPE, payload.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ControlOrder.read(envelope))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /* Each decision names the canaries in force, so their number bounds its size. */
  @Test
  void addCanaries_moreOrLongerThanADecisionCanName_isRefused() {
    Set<String> many = IntStream.range(0, 101).mapToObj(i -> "c" + i).collect(toSet());

    assertThatThrownBy(() -> new ControlOrder.AddCanaries(many))
        .hasMessageContaining("101 canaries, limit 100");
    assertThatThrownBy(() -> new ControlOrder.AddCanaries(Set.of("a".repeat(257))))
        .hasMessageContaining("257 characters");
    assertThatThrownBy(() -> new ControlOrder.AddCanaries(Set.of("")))
        .hasMessageContaining("0 characters");
  }

  @Test
  void read_moreCanariesThanDecisionsCanName_acceptsNothing() {
    String ids = IntStream.range(0, 101).mapToObj(i -> "\"c" + i + "\"").collect(joining(","));
    String payload = "{\"active\":true,\"by\":\"\",\"ids\":[" + ids
        + "],\"issuedAt\":9,\"kind\":\"CANARY_ADDED\",\"scope\":\"p\",\"sequence\":4}";

    assertThat(ControlOrder.read(Envelope.unsigned(
                ControlOrder.PAYLOAD_TYPE, payload.getBytes(StandardCharsets.UTF_8)))
            .action())
        .isEqualTo(new ControlOrder.Unknown("CANARY_ADDED"));
  }

  @Test
  void read_release_isRefused() {
    Envelope release = Envelope.unsigned("application/vnd.weir.release+json", new byte[0]);

    assertThatThrownBy(() -> ControlOrder.read(release)).hasMessageContaining("payload type");
  }

  @Test
  void require_tightening_needsOneOfAnybody() {
    ControlOrder stop = order(new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE));
    KEYS.require(stop.unsigned().signedBy(Keys.FIRST), stop);
    KEYS.require(stop.unsigned().signedBy(Keys.THIRD), stop);
    assertThatThrownBy(() -> KEYS.require(stop.unsigned(), stop))
        .hasMessageContaining("not signed");
  }

  @Test
  void require_lifting_needsAsManyOperatorsAsARelease() {
    ControlOrder lift = order(new ControlOrder.Lift("PAUSE"));
    Envelope one = lift.unsigned().signedBy(Keys.FIRST);
    KEYS.require(one.signedBy(Keys.SECOND), lift);
    assertThatThrownBy(() -> KEYS.require(one, lift)).hasMessageContaining("1 good signatures");
    assertThatThrownBy(() -> KEYS.require(one.signedBy(Keys.THIRD), lift))
        .hasMessageContaining("1 good signatures");
  }

  @Test
  void controlKeys_monitorWithoutOperator_areRefused() {
    assertThatThrownBy(() -> new ControlKeys(TrustedKeys.NONE, List.of(Keys.THIRD.publicKey())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1L << 53})
  void order_numbersAtTheirBounds_areTaken(long bound) {
    ControlOrder.Action pause = new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE);

    assertThat(new ControlOrder("p", pause, bound, "ann", 1).sequence()).isEqualTo(bound);
    assertThat(new ControlOrder("p", pause, 1, "ann", bound).issuedAt()).isEqualTo(bound);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, (1L << 53) + 1})
  void order_numbersBeyondTheirBounds_areRefused(long beyond) {
    ControlOrder.Action pause = new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE);

    assertThatThrownBy(() -> new ControlOrder("p", pause, beyond, "ann", 1))
        .hasMessage("sequence " + beyond + " is outside [0, 2^53]");
    assertThatThrownBy(() -> new ControlOrder("p", pause, 1, "ann", beyond))
        .hasMessage("issuedAt " + beyond + " is outside [0, 2^53]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ids\":[] | \"ids\":\"a\" | ids must be a list of texts",
        "\"by\":\"ann\" | \"by\":7 | by must be text, found 7",
        "\"sequence\":4 | \"sequence\":4.5 | sequence must be a whole number, found 4.5",
        "\"sequence\":4 | \"sequence\":\"4\" | sequence must be a whole number",
        "\"issuedAt\":99 | \"issuedAt\":null | issuedAt must be a whole number, found null"
      })
  void read_fieldOfAnotherKind_isRefusedByItsName(String good, String bad, String message) {
    String payload = new String(
        order(new ControlOrder.Stop(ControlOrder.Stop.Kind.PAUSE)).unsigned().payload(),
        StandardCharsets.UTF_8);
    assertThat(payload).contains(good);
    Envelope envelope = Envelope.unsigned(
        ControlOrder.PAYLOAD_TYPE, payload.replace(good, bad).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> ControlOrder.read(envelope)).hasMessageContaining(message);
  }
}
