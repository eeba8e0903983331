package dev.weir.topology.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.gate.Controls;
import dev.weir.schemas.wire.ControlCodec;
import dev.weir.schemas.wire.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlLedgerTest {
  private final ControlLedger ledger = new ControlLedger("passenger");
  private long offset;

  private Optional<String> order(Order.Kind kind, long sequence, boolean active, String... ids) {
    Order order = new Order(kind, sequence, active, List.of(ids), "me", 0);
    return arrive(order.key("passenger"), new ControlCodec().encode(order));
  }

  private Optional<String> arrive(String key, byte[] value) {
    return ledger.arrive(offset++, key.getBytes(StandardCharsets.UTF_8), value);
  }

  @ParameterizedTest
  @CsvSource({
    "KILL_SWITCH, KILL_SWITCH",
    "PAUSE, PAUSE",
    "DRIFT, PAUSE",
    "UNKNOWN, PAUSE",
  })
  void arrive_active_tightens(Order.Kind kind, Controls.Kind expected) {
    assertThat(order(kind, 1, true)).isEmpty();

    assertThat(ledger.controls().active()).containsExactly(expected);
    assertThat(ledger.controls().offset()).hasValue(0);
  }

  @Test
  void arrive_canaries_areAdded() {
    order(Order.Kind.CANARY_ADDED, 1, true, "a", "b");

    assertThat(ledger.controls().canaries()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void arrive_newerSequence_lifts() {
    order(Order.Kind.PAUSE, 1, true);
    order(Order.Kind.PAUSE, 2, false);

    assertThat(ledger.controls().active()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  void arrive_sequenceNotNewer_neverWins(long sequence) {
    order(Order.Kind.KILL_SWITCH, 5, true);

    assertThat(order(Order.Kind.KILL_SWITCH, sequence, false)).isPresent();
    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
  }

  @Test
  void arrive_poisonTombstoneOtherScopeOrWrongKey_changesNothing() {
    order(Order.Kind.KILL_SWITCH, 5, true);
    Order lift = new Order(Order.Kind.KILL_SWITCH, 6, false, List.of(), "me", 0);
    byte[] bytes = new ControlCodec().encode(lift);

    assertThat(arrive("passenger/KILL_SWITCH", new byte[] {1})).isPresent();
    assertThat(arrive("passenger/KILL_SWITCH", null)).isEmpty();
    assertThat(arrive("listing/KILL_SWITCH", bytes)).isEmpty();
    assertThat(arrive("passenger/PAUSE", bytes)).isPresent();

    assertThat(ledger.controls().active()).containsExactly(Controls.Kind.KILL_SWITCH);
    assertThat(ledger.controls().offset()).hasValue(4);
  }
}
