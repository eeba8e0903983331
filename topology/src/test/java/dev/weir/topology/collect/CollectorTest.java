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
  private static final long HEAP_MAX = 10_000;
  private static final CollectLimits LIMITS = new CollectLimits(
      3,
      1_000,
      new CollectLimits.Times(100, 500, 2_000, 10),
      new CollectLimits.Open(2, HEAP_MAX, 2),
      0);
  private static final Collector COLLECTOR = new Collector(LIMITS);

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
    return opened(part, openedAt, lastAt, 10);
  }

  private static BatchState opened(int part, long openedAt, long lastAt, long bytes) {
    return new BatchState(
        "b" + part, part, 1, bytes, OptionalInt.empty(), Optional.empty(), openedAt, lastAt, 0);
  }

  private static OpenBatches open(BatchState... batches) {
    OpenBatches open = new OpenBatches();
    for (BatchState batch : batches) {
      open.put(batch);
    }
    return open;
  }

  private static List<String> closed(List<Collector.Closing> closings) {
    return closings.stream()
        .map(closing -> closing.batch().id() + " " + closing.reason())
        .toList();
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

  @Test
  void add_conflictingSizes_isRememberedOnce() {
    BatchState batch =
        add(announcing(1, 9), record(2), announcing(3, 9)).batch().orElseThrow();
    BatchState later = batch.with(announcing(4, 5), 0).with(announcing(5, 6), 0);

    assertThat(batch.conflict()).isEmpty();
    assertThat(later.conflict()).contains(new SizeConflict(9, 5, 4));
  }

  @ParameterizedTest
  @CsvSource({"99,", "100, b0 IDLE", "101, b0 IDLE"})
  void expire_idle_closesAtTheLimit(long now, String expected) {
    assertThat(closed(COLLECTOR.expire(open(opened(0, 0, 0)), now, false)))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"499,", "500, b0 AGE", "501, b0 AGE"})
  void expire_age_closesAtTheLimit(long now, String expected) {
    assertThat(closed(COLLECTOR.expire(open(opened(0, 0, now)), now, false)))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"1999,", "2000, b0 AGE", "2001, b0 AGE"})
  void expire_unreadRecords_closesAtTheHardLimitOnly(long now, String expected) {
    assertThat(closed(COLLECTOR.expire(open(opened(0, 0, 0)), now, true)))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void expire_oldAndIdle_closesOnceByAge() {
    assertThat(closed(COLLECTOR.expire(open(opened(0, 0, 0)), 500, false)))
        .containsExactly("b0 AGE");
  }

  @Test
  void expire_moreThanATickMayClose_leavesTheRest() {
    OpenBatches open = open(opened(0, 0, 0), opened(1, 0, 1), opened(2, 0, 2));

    assertThat(closed(COLLECTOR.expire(open, 499, false))).containsExactly("b0 IDLE", "b1 IDLE");
    assertThat(closed(COLLECTOR.expire(open, 500, false))).containsExactly("b0 AGE", "b1 AGE");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1", "4, 2"})
  void tooMuch_openBatches_closesThoseBeyondTheLimit(int open, int expected) {
    OpenBatches batches = open();
    IntStream.range(0, open).forEach(part -> batches.put(opened(part, 0, part)));

    assertThat(closed(COLLECTOR.tooMuch(batches)))
        .containsExactlyElementsOf(
            IntStream.range(0, expected).mapToObj(part -> "b" + part + " IDLE").toList());
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 0", "1, 1"})
  void tooMuch_openBytes_closesTheIdlestBeyondTheLimit(int beyond, int expected) {
    long overhead = 2L * CollectLimits.Open.RECORD_OVERHEAD_BYTES;
    OpenBatches open =
        open(opened(0, 0, 0, 1_000), opened(1, 0, 1, HEAP_MAX - overhead - 1_000 + beyond));

    assertThat(closed(COLLECTOR.tooMuch(open)))
        .containsExactlyElementsOf(expected == 0 ? List.of() : List.of("b0 IDLE"));
  }

  @Test
  void tooMuch_recordsComeToAnOldBatch_itIsNoLongerTheIdlest() {
    OpenBatches open = open(opened(0, 0, 0), opened(1, 0, 1), opened(2, 0, 2));
    open.put(opened(0, 0, 3));

    assertThat(closed(COLLECTOR.tooMuch(open))).containsExactly("b1 IDLE");
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
