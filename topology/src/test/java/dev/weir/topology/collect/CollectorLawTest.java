package dev.weir.topology.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every record leaves exactly once, in order, in batches within the limits. */
class CollectorLawTest {
  private static final CollectLimits LIMITS = new CollectLimits(
      4, 300, new CollectLimits.Times(20, 50, 90, 10), new CollectLimits.Open(2, 5_000, 2), 0);

  /** What happens next: a record, a marker or a tick, some time later. */
  record Event(int batch, int announced, boolean isMarker, boolean isTick, int later, int bytes) {}

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.integers().between(-1, 3),
            Arbitraries.integers().between(-3, 6),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(1, 200))
        .as((batch, announced, kind, wait, bytes) ->
            new Event(batch, announced, kind == 0, kind == 1, wait, bytes))
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 500)
  void records_anyOrder_leaveExactlyOnce(@ForAll("events") List<Event> events) {
    Collector collector = new Collector(LIMITS);
    OpenBatches open = new OpenBatches();
    Map<String, List<Long>> buffered = new HashMap<>();
    List<Long> added = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    long now = 0;
    for (int offset = 0; offset < events.size(); offset++) {
      Event event = events.get(offset);
      now += event.later();
      if (event.isTick()) {
        for (Collector.Closing closing : collector.expire(open, now, event.batch() == 0)) {
          left.addAll(close(closing.batch(), open, buffered));
        }
        continue;
      }
      RecordFacts record = facts(event, offset);
      Step step = collector.add(open.find(record.batch()), record, now);
      if (step.isMember()) {
        added.add((long) offset);
        buffered.computeIfAbsent(record.batch(), id -> new ArrayList<>()).add((long) offset);
        open.put(step.batch().orElseThrow());
      }
      if (step.closing().isPresent()) {
        left.addAll(close(step.batch().orElseThrow(), open, buffered));
      }
      for (Collector.Closing closing : collector.tooMuch(open)) {
        left.addAll(close(closing.batch(), open, buffered));
      }
      assertThat(open.size()).isLessThanOrEqualTo(LIMITS.open().batchesMax());
      assertThat(open.bytes()).isBetween(0L, LIMITS.open().bytesMax());
    }
    buffered.values().forEach(left::addAll);

    assertThat(left).containsExactlyInAnyOrderElementsOf(added);
  }

  private static RecordFacts facts(Event event, long offset) {
    boolean isAlone = event.batch() < 0;
    return new RecordFacts(
        isAlone ? "@0/" + offset : "b" + event.batch(),
        isAlone,
        offset,
        offset,
        event.bytes(),
        event.announced() > 0 ? OptionalInt.of(event.announced()) : OptionalInt.empty(),
        event.isMarker());
  }

  private static List<Long> close(
      BatchState batch, OpenBatches open, Map<String, List<Long>> buffered) {
    open.remove(batch.id());
    List<Long> members = buffered.remove(batch.id());
    assertThat(members).isSorted().hasSize(batch.count());
    assertThat(members.get(0)).isEqualTo(batch.part());
    assertThat(members.size()).isLessThanOrEqualTo(LIMITS.recordsMax());
    return members;
  }
}
