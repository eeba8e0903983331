package dev.weir.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.drift.DriftWatch;
import dev.weir.lab.corrupt.Arrival;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Repair;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A watch beside a gate that holds nothing, so that the watch sees every record. */
class StreamWatchTest {
  private static final Arm ARM = Folded.arms().get(0);
  private static final Contestant GATE =
      Contestant.of(ARM, Folded.plain("{mode: excess, recordsMin: 10000, alpha: 0.0001}"));
  private static final Contestant HOLDS_ALL =
      Contestant.of(ARM, Folded.plain("{mode: absolute, recordsMin: 1, fraction: 0}"));
  private static final Repair WITHOUT_CABIN = Repair.of(Folded.PASSENGER.domain(), Set.of("Cabin"));

  /** The rows that say what is ordinary, cabins missing from one on. */
  private static List<Arrival> cabinsGoneFrom(int from) {
    List<RawRecord> rows = ARM.fitted();
    return IntStream.range(0, rows.size())
        .mapToObj(i -> Arrival.intact(i < from ? rows.get(i) : WITHOUT_CABIN.apply(rows.get(i))))
        .toList();
  }

  private static List<Arrival> clean() {
    return cabinsGoneFrom(ARM.fitted().size());
  }

  private static Watching watching(int delay) {
    return new Watching(DriftWatch.Settings.DEFAULTS, delay);
  }

  private static StreamWatch.Course course(
      Contestant gate, List<Arrival> arrivals, int batch, int delay) {
    Batching batching = new Batching(batch);
    return new StreamWatch(ARM.bundle().reference().drift(), watching(delay))
        .over(Passage.of(gate.release(), arrivals, batching), batching);
  }

  private static BitSet from(int row) {
    BitSet rows = new BitSet();
    rows.set(row, ARM.fitted().size());
    return rows;
  }

  @Test
  void over_rowsLikeTraining_stopsNothing() {
    for (int batch : List.of(1, 25, 100)) {
      StreamWatch.Course course = course(GATE, clean(), batch, 0);

      assertThat(course.isOrdered()).isFalse();
      assertThat(course.stopped().isEmpty()).isTrue();
    }
  }

  /* The first window of 25 is full of records that no training row is like. */
  @Test
  void over_everyRecordBroken_stopsFromTheNextBatchOn() {
    assertThat(course(GATE, cabinsGoneFrom(0), 1, 0).stopped()).isEqualTo(from(25));
    assertThat(course(GATE, cabinsGoneFrom(0), 25, 0).stopped()).isEqualTo(from(25));
    assertThat(course(GATE, cabinsGoneFrom(0), 100, 0).stopped()).isEqualTo(from(100));
  }

  /* The 40th record after the 25th is the 65th; its batch of 25 is the third. */
  @Test
  void over_orderThatTakesTime_stopsWhatClosesAfterIt() {
    assertThat(course(GATE, cabinsGoneFrom(0), 1, 40).stopped()).isEqualTo(from(64));
    assertThat(course(GATE, cabinsGoneFrom(0), 25, 40).stopped()).isEqualTo(from(50));
    assertThat(course(GATE, cabinsGoneFrom(0), 100, 40).stopped()).isEqualTo(from(100));
  }

  @Test
  void over_brokenHalfWay_leavesWhatCameBefore() {
    assertThat(course(GATE, cabinsGoneFrom(200), 25, 0).stopped()).isEqualTo(from(225));
  }

  /* After 20 clean records the first window has 5 broken ones, and the second 25. */
  @Test
  void over_cleanRecordsBefore_shareTheFirstWindow() {
    Batching singles = new Batching(1);
    Passage before = Passage.of(GATE.release(), clean(), singles);
    Passage broken = Passage.of(GATE.release(), cabinsGoneFrom(0), singles);
    StreamWatch watch = new StreamWatch(ARM.bundle().reference().drift(), watching(0));

    assertThat(watch.over(before, 20, broken, singles).stopped().nextSetBit(0)).isIn(5, 30);
    assertThat(watch.over(before, 25, broken, singles).stopped().nextSetBit(0)).isEqualTo(25);
  }

  /* The first held batch is left out; the second fills a window. */
  @Test
  void over_everythingHeld_stopsAfterTheSecondBatch() {
    assertThat(course(HOLDS_ALL, cabinsGoneFrom(0), 25, 0).stopped()).isEqualTo(from(50));
  }
}
