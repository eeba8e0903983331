package dev.weir.operations.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Accepted and audited decisions that are read in stretches of one, then of the other. */
class DecisionMergeTest {
  private static final TopicPartition ACCEPTED = new TopicPartition("accept", 0);
  private static final TopicPartition AUDITED = new TopicPartition("audit", 0);
  private static final List<TopicPartition> BOTH = List.of(ACCEPTED, AUDITED);

  private final DecisionMerge<String> merge = new DecisionMerge<>(BOTH, 4);

  private static DecisionMerge.Place at(int source, long offset) {
    return new DecisionMerge.Place(offset, source, offset);
  }

  private void add(TopicPartition from, int source, long... offsets) {
    for (long offset : offsets) {
      merge.add(from, at(source, offset), source + "@" + offset);
    }
  }

  private static <T> List<T> drained(DecisionMerge<T> merge) {
    List<T> drained = new ArrayList<>();
    for (Optional<T> next = merge.next(); next.isPresent(); next = merge.next()) {
      next.ifPresent(drained::add);
    }
    return drained;
  }

  @Test
  void next_allAcceptedReadBeforeAllAudited_isInTheOrderOfTheSource() {
    add(ACCEPTED, 0, 0, 2, 5);
    assertThat(drained(merge)).isEmpty();

    add(AUDITED, 0, 1, 3, 4);

    assertThat(drained(merge)).containsExactly("0@0", "0@1", "0@2", "0@3", "0@4");
  }

  @Test
  void next_otherPartitionReadToWhereItEndedSince_needNotWait() {
    add(ACCEPTED, 0, 0);
    long mark = merge.mark();
    add(ACCEPTED, 0, 1);

    merge.passed(AUDITED, mark);

    assertThat(drained(merge)).containsExactly("0@0");
    merge.passed(AUDITED, merge.mark());
    assertThat(drained(merge)).containsExactly("0@1");
  }

  @Test
  void next_ownPartitionNotReadToItsEnd_doesNotHoldItUp() {
    add(ACCEPTED, 0, 0);

    merge.passed(AUDITED, merge.mark());

    assertThat(drained(merge)).containsExactly("0@0");
  }

  @Test
  void next_decisionsOfOtherSources_sayNothingOfThisOne() {
    add(ACCEPTED, 0, 7);
    add(AUDITED, 1, 8);

    assertThat(drained(merge)).isEmpty();
  }

  @Test
  void next_severalSources_comeByEventTimeAndThenBySource() {
    merge.add(ACCEPTED, new DecisionMerge.Place(5, 1, 0), "b5");
    merge.add(ACCEPTED, new DecisionMerge.Place(5, 0, 0), "a5");
    merge.add(AUDITED, new DecisionMerge.Place(4, 1, 1), "b4");
    merge.add(AUDITED, new DecisionMerge.Place(3, 0, 1), "a3");
    BOTH.forEach(log -> merge.passed(log, merge.mark()));

    assertThat(drained(merge)).containsExactly("a5", "a3", "b5", "b4");
  }

  @Test
  void next_everySourceWaitsForAFullPartition_goesOnByEventTime() {
    add(ACCEPTED, 0, 0, 1, 2, 3);
    assertThat(drained(merge)).isEmpty();
    assertThat(merge.isFull(ACCEPTED)).isTrue();

    add(AUDITED, 1, 0, 1, 2, 3);

    assertThat(merge.next()).contains("0@0");
    assertThat(merge.isFull(ACCEPTED)).isFalse();
    assertThat(merge.isWaiting()).isTrue();
  }

  /**
   * A log of two sources over six partitions, read in stretches of any length, with ends asked for at
   * any time: within a source the order is that of its offsets, all is there, and nothing is kept.
   */
  @Property
  void next_anyPollsOfAnyLog_keepsTheOrderOfEachSource(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int stretchMax) {
    Random random = new Random(seed);
    List<TopicPartition> logs =
        IntStream.range(0, 6).mapToObj(i -> new TopicPartition("t", i)).toList();
    Map<TopicPartition, List<DecisionMerge.Place>> written = new HashMap<>();
    logs.forEach(log -> written.put(log, new ArrayList<>()));
    long[] offsets = new long[2];
    for (int i = 0; i < 300; i++) {
      int source = random.nextInt(2);
      TopicPartition log = logs.get(random.nextInt(1 + random.nextInt(logs.size())));
      written.get(log).add(new DecisionMerge.Place(random.nextInt(50), source, offsets[source]++));
    }
    DecisionMerge<DecisionMerge.Place> merged = new DecisionMerge<>(logs, 1_000);
    Map<TopicPartition, Integer> position = new HashMap<>();
    List<DecisionMerge.Place> out = new ArrayList<>();
    while (out.size() < 300) {
      TopicPartition log = logs.get(random.nextInt(logs.size()));
      List<DecisionMerge.Place> all = written.get(log);
      int from = position.getOrDefault(log, 0);
      int to = Math.min(all.size(), from + 1 + random.nextInt(stretchMax));
      all.subList(from, to).forEach(place -> merged.add(log, place, place));
      position.put(log, to);
      long mark = merged.mark();
      logs.stream()
          .filter(one -> position.getOrDefault(one, 0) == written.get(one).size())
          .forEach(one -> merged.passed(one, mark));
      out.addAll(drained(merged));
    }

    for (int source = 0; source < 2; source++) {
      int wanted = source;
      assertThat(out.stream().filter(place -> place.partition() == wanted))
          .extracting(DecisionMerge.Place::offset)
          .isSorted()
          .hasSize((int) offsets[source]);
    }
    assertThat(merged.isWaiting()).isFalse();
  }
}
