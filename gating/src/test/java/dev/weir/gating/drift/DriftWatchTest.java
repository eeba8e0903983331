package dev.weir.gating.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows of the last 25 to 500 records. */
class DriftWatchTest {
  private static final DriftWatch.Settings SETTINGS = new DriftWatch.Settings(0.005, 1.25, 1_000);
  private static final DriftWatch WATCH =
      new DriftWatch(TinyGate.BUNDLE.reference().drift(), SETTINGS);

  private static final Repair WITHOUT_AGE =
      Repair.of(TinyBundle.DEFINITION.domain(), Set.of("Age"));

  /** Like training, in blocks of 25 as much as 25 allows. */
  private static List<RawRecord> ordinary(int count) {
    List<RawRecord> training = TinyBundle.records();
    return IntStream.range(0, count)
        .mapToObj(i -> training.get(i % training.size()).withId("r" + i))
        .toList();
  }

  /** Every so manieth record lacks its age, which training rows never do. */
  private static List<RawRecord> gaps(int count, int every) {
    List<RawRecord> records = new ArrayList<>(ordinary(count));
    for (int i = 0; i < count; i += every) {
      records.set(i, WITHOUT_AGE.apply(records.get(i)));
    }
    return records;
  }

  private record Run(DriftWatch.State state, List<DriftWatch.Alarm> alarms, int first) {}

  private static Run run(DriftWatch.State from, List<RawRecord> records, long millisApart) {
    return run(from, records, millisApart, i -> Optional.empty());
  }

  private static Run run(
      DriftWatch.State from,
      List<RawRecord> records,
      long millisApart,
      IntFunction<Optional<String>> heldIn) {
    List<DriftWatch.Alarm> alarms = new ArrayList<>();
    DriftWatch.State state = from;
    int first = -1;
    for (int i = 0; i < records.size(); i++) {
      DriftWatch.Step step = WATCH.step(state, records.get(i), i * millisApart, heldIn.apply(i));
      state = step.state();
      Optional<DriftWatch.Alarm> alarm = step.alarm();
      first = alarm.isPresent() && first < 0 ? i : first;
      alarm.ifPresent(alarms::add);
    }
    return new Run(state, alarms, first);
  }

  @Test
  void step_recordsLikeTraining_raisesNothing() {
    assertThat(run(WATCH.start(), ordinary(1_000), 0).alarms()).isEmpty();
  }

  @Test
  void step_everyRecordBroken_raisesAtTheFirstBlocksEnd() {
    Run run = run(WATCH.start(), gaps(25, 1), 0);

    assertThat(run.first()).isEqualTo(24);
    assertThat(run.alarms().get(0).window()).isEqualTo(25);
    assertThat(run.alarms().get(0).finding().statistic()).isEqualTo("missing(Age)");
    assertThat(run.alarms().get(0).text())
        .startsWith("of the last 25 records, missing(Age) of Age is +15.7");
    assertThat(run.state().isRaised()).isTrue();
  }

  /* Of 10 % broken, 25 records: z = 2 asin √.12 · 5 = 3.5; 100: 2 asin √.1 · 10 = 6.4, of 4 · 1.25. */
  @Test
  void step_fewRecordsBroken_raisesOnceALongerWindowIsFull() {
    Run run = run(WATCH.start(), gaps(200, 10), 0);

    assertThat(run.first()).isEqualTo(99);
    assertThat(run.alarms().get(0).window()).isEqualTo(100);
  }

  /* Gaps at 75, 85 to 145: the last 100 at 149 have 8, z = 2 asin √.08 · 10 = 5.7, of 4 · 1.25. */
  @Test
  void step_breakInTheMiddleOfAWindow_needNotWaitForTheNext() {
    List<RawRecord> records = new ArrayList<>(ordinary(75));
    gaps(200, 10).forEach(record -> records.add(record.withId("later " + record.id())));

    assertThat(run(WATCH.start(), records, 0).first()).isEqualTo(149);
  }

  @Test
  void step_recordsThatComeASecondTime_raise() {
    List<RawRecord> records = new ArrayList<>(ordinary(50));
    records.addAll(records.subList(10, 35));
    Run run = run(WATCH.start(), records, 0);

    assertThat(run.first()).isEqualTo(74);
    assertThat(run.alarms().get(0).finding().statistic()).isEqualTo("repeated(PassengerId)");
  }

  @Test
  void step_sameIdWithOtherValues_isNoRepeat() {
    List<RawRecord> records = new ArrayList<>(ordinary(17));
    TinyBundle.records().forEach(record -> records.add(record.withId("x")));

    assertThat(run(WATCH.start(), records, 0).alarms()).isEmpty();
  }

  @Test
  void step_oneHeldBatch_isLeftOut() {
    assertThat(run(WATCH.start(), gaps(100, 1), 0, i -> Optional.of("a")).alarms())
        .isEmpty();
  }

  @Test
  void step_secondHeldBatch_counts() {
    Run run = run(WATCH.start(), gaps(100, 1), 0, i -> Optional.of(i < 40 ? "a" : "b"));

    assertThat(run.first()).isEqualTo(64);
  }

  @Test
  void step_heldBatchesFarApart_areLeftOut() {
    List<RawRecord> records = new ArrayList<>(gaps(25, 1));
    records.addAll(ordinary(DriftWatch.TOGETHER));
    records.addAll(gaps(25, 1));

    assertThat(run(
                WATCH.start(),
                records,
                0,
                i -> i < 25
                    ? Optional.of("a")
                    : i < 25 + DriftWatch.TOGETHER ? Optional.empty() : Optional.of("b"))
            .alarms())
        .isEmpty();
  }

  @Test
  void step_ordered_raisesNothing() {
    assertThat(run(WATCH.ordered(), gaps(100, 1), 0).alarms()).isEmpty();
  }

  @Test
  void step_raised_raisesNoMoreUntilLifted() {
    Run raised = run(WATCH.start(), gaps(1_000, 1), 0);
    assertThat(raised.alarms()).hasSize(1);

    assertThat(run(WATCH.lifted(), ordinary(100), 0).alarms()).isEmpty();
    assertThat(run(WATCH.lifted(), gaps(25, 1), 0).alarms()).hasSize(1);
  }

  /* 100 records last 1,980 ms, and a window may last 1,000. */
  @Test
  void step_blocksTooOld_areForgotten() {
    assertThat(run(WATCH.start(), gaps(200, 10), 20).alarms()).isEmpty();
  }

  /* 25 records last 1,200 ms, and a window may last 1,000. */
  @Test
  void step_smallestWindowTooLong_isNotComparedAsOne() {
    assertThat(run(WATCH.start(), gaps(25, 1), 50).alarms()).isEmpty();
    assertThat(run(WATCH.start(), gaps(50, 1), 40).first()).isEqualTo(24);
  }

  @Test
  void step_sameRecordsAgain_givesTheSame() {
    assertThat(run(WATCH.start(), gaps(200, 10), 0).alarms())
        .isEqualTo(run(WATCH.start(), gaps(200, 10), 0).alarms());
  }

  @Test
  void settings_outsideTheirBounds_areRefused() {
    assertThatThrownBy(() -> new DriftWatch.Settings(0.2, 1.2, 1))
        .hasMessage("falseAlarms 0.2 is outside [0.002, 0.05]");
    assertThatThrownBy(() -> new DriftWatch.Settings(0.01, 0.9, 1))
        .hasMessageContaining("must both be at least 1");
  }
}
