package dev.weir.gating.control;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Controls;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.EnvelopeJson;
import dev.weir.gating.signing.SigningKey;
import dev.weir.gating.signing.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlLedgerTest {
  private static final ControlOrder.Action KILL =
      new ControlOrder.Stop(ControlOrder.Stop.Kind.KILL_SWITCH);
  private static final ControlOrder.Action LIFT = new ControlOrder.Lift("KILL_SWITCH");
  private static final SigningKey OPERATOR = key();
  private static final SigningKey MONITOR = key();

  private final ControlLedger ledger =
      new ControlLedger("passenger", ControlKeys.NONE, ControlLedgerTest::decoded);
  private final ControlLedger guarded = new ControlLedger(
      "passenger",
      new ControlKeys(
          TrustedKeys.anyOf(List.of(OPERATOR.publicKey())), List.of(MONITOR.publicKey())),
      ControlLedgerTest::decoded);
  private long offset;

  private static SigningKey key() {
    try {
      return SigningKey.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Envelope decoded(byte[] value) {
    return EnvelopeJson.read(new String(value, StandardCharsets.UTF_8));
  }

  private static ControlOrder order(ControlOrder.Action action, long sequence) {
    return new ControlOrder("passenger", action, sequence, "me", 0);
  }

  private Optional<String> give(ControlOrder.Action action, long sequence) {
    ControlOrder order = order(action, sequence);
    return arrive(ledger, order.key(), order.unsigned());
  }

  private Optional<String> arrive(ControlLedger to, String key, Envelope value) {
    return to.arrive(
        offset++,
        key.getBytes(StandardCharsets.UTF_8),
        EnvelopeJson.write(value).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void arrive_withoutAKey_isNoneOfItsBusiness() {
    byte[] value = EnvelopeJson.write(order(KILL, 1).unsigned()).getBytes(StandardCharsets.UTF_8);

    assertThat(ledger.arrive(3, null, value)).isEmpty();
    assertThat(ledger.controls().active()).isEmpty();
    assertThat(ledger.controls().offset()).hasValue(3);
  }

  @Test
  void arrive_whatBreaksTheEngine_isRefusedAndNothingIsThrown() {
    ControlLedger broken = new ControlLedger("passenger", ControlKeys.NONE, value -> {
      throw new IllegalStateException("broken");
    });

    assertThat(arrive(broken, "passenger/PAUSE/1", order(KILL, 1).unsigned()).orElse(""))
        .contains("the engine failed on it")
        .contains("broken");
  }

  @ParameterizedTest
  @CsvSource({
    "KILL_SWITCH, KILL_SWITCH",
    "PAUSE, PAUSE",
    "DRIFT, PAUSE",
    "BREAKER, BREAKER",
  })
  void arrive_stop_tightens(ControlOrder.Stop.Kind kind, Controls.Kind expected) {
    assertThat(give(new ControlOrder.Stop(kind), 1)).isEmpty();

    assertThat(ledger.controls().active()).containsExactly(expected);
    assertThat(ledger.controls().offset()).hasValue(0);
  }

  @Test
  void arrive_unknownKind_pauses() {
    give(new ControlOrder.Unknown("SLOW_DOWN"), 1);

    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.PAUSE);
  }

  /* Whoever may only tighten could else end the audit of everything with an order of one canary. */
  @Test
  void arrive_canariesAfterMoreThanCanBeFollowed_areRefusedUntilALift() {
    String ids = IntStream.range(0, 101).mapToObj(i -> "\"c" + i + "\"").collect(joining(","));
    String many = "{\"active\":true,\"by\":\"\",\"ids\":[" + ids
        + "],\"issuedAt\":9,\"kind\":\"CANARY_ADDED\",\"scope\":\"passenger\",\"sequence\":1}";
    arrive(
        ledger,
        "passenger/CANARY_ADDED/1",
        Envelope.unsigned(ControlOrder.PAYLOAD_TYPE, many.getBytes(StandardCharsets.UTF_8)));

    assertThat(give(new ControlOrder.AddCanaries(Set.of("a")), 2).orElse("")).contains("lifted");
    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.PAUSE);

    give(new ControlOrder.Lift("CANARY_ADDED"), 3);
    assertThat(give(new ControlOrder.AddCanaries(Set.of("a")), 4)).isEmpty();
    assertThat(ledger.controls().active()).isEmpty();
    assertThat(ledger.controls().canaries()).containsExactly("a");
  }

  @Test
  void arrive_canaries_areAdded() {
    give(new ControlOrder.AddCanaries(Set.of("a", "b")), 1);

    assertThat(ledger.controls().canaries()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void arrive_fewerCanariesThanBefore_changesNothing() {
    give(new ControlOrder.AddCanaries(Set.of("a", "b")), 1);

    assertThat(give(new ControlOrder.AddCanaries(Set.of("b", "c")), 2).orElse(""))
        .contains("leaves out the canaries [a]");
    assertThat(ledger.controls().canaries()).containsExactlyInAnyOrder("a", "b");
    assertThat(give(new ControlOrder.AddCanaries(Set.of("a", "b", "c")), 3)).isEmpty();
    assertThat(ledger.controls().canaries()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void arrive_newerSequence_lifts() {
    give(KILL, 1);
    give(LIFT, 2);

    assertThat(ledger.controls().active()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  void arrive_sequenceNotNewer_neverWins(long sequence) {
    give(KILL, 5);

    assertThat(give(LIFT, sequence)).isPresent();
    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_poisonTombstoneOrOtherScope_changesNothing() {
    give(KILL, 5);
    Envelope lift = order(LIFT, 6).unsigned();
    byte[] key = "passenger/KILL_SWITCH/6".getBytes(StandardCharsets.UTF_8);

    assertThat(ledger.arrive(1, key, new byte[] {1})).isPresent();
    assertThat(ledger.arrive(2, key, null)).isEmpty();
    assertThat(ledger.arrive(3, "listing/KILL_SWITCH/1".getBytes(StandardCharsets.UTF_8), key))
        .isEmpty();
    assertThat(arrive(ledger, "listing/KILL_SWITCH/6", lift)).isEmpty();

    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_underTheKeyOfAnEarlierVersion_tightens() {
    assertThat(arrive(ledger, "passenger/KILL_SWITCH", order(KILL, 1).unsigned()))
        .isEmpty();

    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_orderForOtherScopeUnderOurKey_isRefused() {
    ControlOrder other = new ControlOrder("listing", KILL, 1, "me", 0);

    assertThat(arrive(ledger, "passenger/KILL_SWITCH/1", other.unsigned())).isPresent();
    assertThat(ledger.controls().active()).isEmpty();
  }

  @Test
  void arrive_unsignedWhereAKeyIsTrusted_isRefused() {
    ControlOrder order = order(KILL, 1);

    assertThat(arrive(guarded, order.key(), order.unsigned()).orElse("")).contains("not signed");
    assertThat(guarded.controls().active()).isEmpty();
  }

  @Test
  void arrive_signedByTheMonitor_tightens() {
    ControlOrder order = order(KILL, 1);

    assertThat(arrive(guarded, order.key(), order.unsigned().signedBy(MONITOR))).isEmpty();
    assertThat(guarded.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_wrongRecordsUnderAnOrdersOwnKey_changeNothing() {
    ControlOrder kill = order(KILL, 1);
    byte[] key = kill.key().getBytes(StandardCharsets.UTF_8);
    arrive(guarded, kill.key(), kill.unsigned().signedBy(OPERATOR));

    assertThat(guarded.arrive(offset++, key, null)).isEmpty();
    assertThat(guarded.arrive(offset++, key, new byte[] {1})).isPresent();
    assertThat(arrive(guarded, kill.key(), kill.unsigned().signedBy(OPERATOR))).isPresent();

    assertThat(guarded.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_refusedLiftOfWhatWasNeverOrdered_changesNothing() {
    ControlOrder lift = order(LIFT, 2);

    assertThat(arrive(guarded, lift.key(), lift.unsigned().signedBy(MONITOR)).orElse(""))
        .contains("0 good signatures");
    assertThat(guarded.controls().active()).isEmpty();
  }

  @Test
  void newest_orderThatTheWrongPeopleSigned_isTheOneBefore() {
    ControlOrder kill = order(KILL, 1);
    arrive(guarded, kill.key(), kill.unsigned().signedBy(MONITOR));
    arrive(guarded, kill.key(), order(LIFT, 2).unsigned().signedBy(MONITOR));

    assertThat(guarded.newest("KILL_SWITCH")).contains(kill);
    assertThat(guarded.newest("PAUSE")).isEmpty();
  }

  @Test
  void arrive_liftSignedByTheMonitor_liftsNothing() {
    arrive(guarded, order(KILL, 1).key(), order(KILL, 1).unsigned().signedBy(OPERATOR));
    ControlOrder lift = order(LIFT, 2);

    assertThat(arrive(guarded, lift.key(), lift.unsigned().signedBy(MONITOR)).orElse(""))
        .contains("0 good signatures");
    assertThat(guarded.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
    assertThat(arrive(guarded, lift.key(), lift.unsigned().signedBy(OPERATOR))).isEmpty();
    assertThat(guarded.controls().active()).isEmpty();
  }
}
