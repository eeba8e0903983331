package dev.weir.topology.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  private static final TopicPartition ACCEPTED = new TopicPartition("a", 0);
  private static final TopicPartition AUDITED = new TopicPartition("b", 1);
  private static final long MINUTE = Leftovers.SETTLES_WITHIN.toNanos();

  private final Leftovers leftovers = new Leftovers(0);

  private OptionalLong at(long now, long opened, long accepted, long audited) {
    return leftovers.hopeless(
        now,
        opened,
        Map.of(ACCEPTED, accepted, AUDITED, audited),
        () -> Map.of(ACCEPTED, 10L, AUDITED, 20L));
  }

  @Test
  void hopeless_beforeTransactionsHaveSettled_isUnknown() {
    assertThat(at(MINUTE - 1, 5, 10, 20)).isEmpty();
    assertThat(at(MINUTE - 1, 5, 10, 20)).isEmpty();
  }

  @Test
  void hopeless_untilEveryPartitionIsReadToItsEnd_isUnknown() {
    at(MINUTE, 5, 0, 0);

    assertThat(at(MINUTE + 1, 5, 9, 20)).isEmpty();
    assertThat(at(MINUTE + 1, 5, 10, 19)).isEmpty();
    assertThat(at(MINUTE + 1, 5, 10, 20)).isPresent();
  }

  @Test
  void hopeless_partsOpenedAMinuteBeforeTheEndsWereAsked_areThose() {
    at(MINUTE, 5, 10, 20);
    assertThat(at(MINUTE + 1, 7, 10, 20)).hasValue(0);

    at(2 * MINUTE + 1, 8, 10, 20);

    assertThat(at(2 * MINUTE + 2, 9, 10, 20)).hasValue(7);
  }
}
