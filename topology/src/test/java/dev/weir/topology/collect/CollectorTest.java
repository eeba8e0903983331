package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.decision.CloseReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorTest {
  private static final CollectLimits LIMITS = new CollectLimits(3, 1_000, 100, 500, 2, 2, 10);
  private static final Collector COLLECTOR = new Collector(LIMITS, 0);

  private static RecordFacts record(long offset) {
    return new RecordFacts("b", false, offset, offset, 10, OptionalInt.empty(), false);
  }

  private static RecordFacts announcing(long offset, int size) {
    return new RecordFacts("b", false, offset, offset, 10, OptionalInt.of(size), false);
  }

  private static RecordFacts sized(long offset, long bytes) {
    return new RecordFacts("b", false, offset, offset, bytes, OptionalInt.empty(), false);
  }

  private static RecordFacts marker() {
    return new RecordFacts("b", false, 99, 99_999, 0, OptionalInt.empty(), true);
  }

  private static Step add(RecordFacts... records) {
    Optional<BatchState> open = Optional.empty();
    Step step = null;
    for (RecordFacts record : records) {
      step = COLLECTOR.add(open, record, 0);
      open = step.closing().isPresent() ? Optional.empty() : step.batch();
    }
    return step;
  }

  private static BatchState opened(int part, long openedAt, long lastAt) {
    return new BatchState("b" + part, part, 1, 10, OptionalInt.empty(), openedAt, lastAt, 0);
  }

  @Test
  void add_noKey_isABatchOfOne() {
    RecordFacts alone = new RecordFacts("@0/7", true, 7, 70, 10, OptionalInt.of(5), false);

    Step step = COLLECTOR.add(Optional.empty(), alone, 0);

    assertThat(step.closing()).contains(CloseReason.SINGLE);
    assertThat(step.batch().orElseThrow().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true"})
  void add_announcedSize_closesWhenAllHaveCome(int records, boolean isClosed) {
    RecordFacts[] sent = IntStream.range(0, records)
        .mapToObj(offset -> announcing(offset, 2))
        .toArray(RecordFacts[]::new);

    assertThat(add(sent).closing())
        .isEqualTo(isClosed ? Optional.of(CloseReason.SIZE) : Optional.empty());
  }

  @Test
  void add_conflictingSizes_firstSeenWins() {
    assertThat(add(record(0), announcing(1, 3), announcing(2, 5)).closing())
        .contains(CloseReason.SIZE);
  }

  @Test
  void add_sizeSeenLate_closesAtOnce() {
    assertThat(add(record(0), announcing(1, 1)).closing()).contains(CloseReason.SIZE);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true"})
  void add_recordsMax_closesAtTheLimit(int records, boolean isClosed) {
    RecordFacts[] sent =
        IntStream.range(0, records).mapToObj(CollectorTest::record).toArray(RecordFacts[]::new);

    assertThat(add(sent).closing().isPresent()).isEqualTo(isClosed);
  }

  @ParameterizedTest
  @CsvSource({"999, false", "1000, true", "1001, true"})
  void add_batchBytesMax_closesAtTheLimit(long bytes, boolean isClosed) {
    assertThat(add(sized(0, bytes)).closing().isPresent()).isEqualTo(isClosed);
  }

  @Test
  void add_marker_closesAndIsNoMember() {
    Step step = add(record(0), record(1), marker());

    assertThat(step.closing()).contains(CloseReason.MARKER);
    assertThat(step.isMember()).isFalse();
    assertThat(step.batch().orElseThrow().count()).isEqualTo(2);
    assertThat(step.batch().orElseThrow().latest()).isEqualTo(1);
  }

  @Test
  void add_markerOfNoOpenBatch_doesNothing() {
    assertThat(add(marker())).isEqualTo(new Step(Optional.empty(), Optional.empty(), false));
  }

  @Test
  void add_lateRecord_opensAPartNamedByItsOffset() {
    Step late = add(announcing(4, 2), announcing(5, 2), announcing(9, 2));

    assertThat(late.closing()).isEmpty();
    assertThat(late.batch().orElseThrow().part()).isEqualTo(9);
  }

  @Test
  void add_outOfOrderTimestamps_latestIsTheLargest() {
    RecordFacts early = new RecordFacts("b", false, 8, -5, 10, OptionalInt.empty(), false);

    assertThat(add(record(7), early).batch().orElseThrow().latest()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"99,", "100, IDLE", "101, IDLE"})
  void expire_idle_closesAtTheLimit(long now, CloseReason expected) {
    assertThat(COLLECTOR.expire(opened(0, 0, 0), now)).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource({"499,", "500, AGE", "501, AGE"})
  void expire_age_closesAtTheLimit(long now, CloseReason expected) {
    assertThat(COLLECTOR.expire(opened(0, 0, now), now)).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource({"1099, false", "1100, true"})
  void expire_afterAnAssignment_timeBeforeDoesNotCount(long now, boolean isClosed) {
    Collector later = new Collector(LIMITS, 1_000);

    assertThat(later.expire(opened(0, 0, 0), now).isPresent()).isEqualTo(isClosed);
  }

  @Test
  void expire_timesFromAClockAhead_countFromTheAssignment() {
    BatchState ahead = opened(0, 1_000_000, 1_000_000);

    assertThat(COLLECTOR.expire(ahead, 99)).isEmpty();
    assertThat(COLLECTOR.expire(ahead, 100)).contains(CloseReason.IDLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void expire_openBatches_closesThoseTooManyIdlestFirst(int open) {
    List<BatchState> batches =
        IntStream.range(0, open).mapToObj(part -> opened(part, 0, 50 - part)).toList();

    List<Collector.Closing> closings = COLLECTOR.expire(batches, 60);

    assertThat(closings).hasSize(Math.min(2, Math.max(0, open - 2)));
    if (!closings.isEmpty()) {
      assertThat(closings.get(0).batch().part()).isEqualTo(open - 1);
    }
  }

  @Test
  void expire_moreThanATickMayClose_leavesTheRest() {
    List<BatchState> batches =
        IntStream.range(0, 5).mapToObj(part -> opened(part, 0, part)).toList();

    List<Collector.Closing> closings = COLLECTOR.expire(batches, 1_000);

    assertThat(closings).extracting(closing -> closing.batch().part()).containsExactly(0L, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, CollectLimits.RECORDS_HARD_MAX - 1, CollectLimits.RECORDS_HARD_MAX})
  void limits_recordsMaxWithinTheHardLimit_areTaken(int records) {
    assertThat(CollectLimits.DEFAULTS.withRecordsMax(records).recordsMax()).isEqualTo(records);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, CollectLimits.RECORDS_HARD_MAX + 1})
  void limits_recordsMaxOutside_areRefused(int records) {
    assertThatThrownBy(() -> CollectLimits.DEFAULTS.withRecordsMax(records))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch.recordsMax " + records + " is outside [1, 10000]");
  }
}
