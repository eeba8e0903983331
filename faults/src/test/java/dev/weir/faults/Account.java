package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.Load.Sent;
import dev.weir.faults.Watch.Outcome;
import dev.weir.faults.Watch.Place;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.ledger.Ledger;
import dev.weir.operations.ledger.LedgerReport;
import dev.weir.schemas.avro.BatchPart;
import dev.weir.schemas.avro.CloseReason;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.topology.collect.CollectStores;
import dev.weir.topology.collect.OpenRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/** What must hold after every fault, from what was sent and what was seen downstream. */
record Account(List<Sent> sent, Map<Place, Outcome> outcomes) {
  private static final Duration CHANGELOG_LIMIT = Duration.ofSeconds(60);

  private long count(Shipment.Kind kind) {
    return sent.stream().filter(one -> one.shipment().kind() == kind).count();
  }

  /** How many messages must have an outcome. */
  long expected() {
    return sent.size() - count(Shipment.Kind.MARKER);
  }

  /** Each valid record has the one decision that names it, each other a dead letter. */
  void assertEachHasItsOutcome() {
    Set<Place> unexplained = new HashSet<>(outcomes.keySet());
    for (Sent one : sent) {
      Place place = new Place(one.partition(), one.offset());
      Outcome outcome = outcomes.get(place);
      unexplained.remove(place);
      switch (one.shipment().kind()) {
        case MARKER -> assertThat(outcome).as("the marker at " + place).isNull();
        case REJECTED -> {
          assertThat(outcome).as("the unusable record at " + place).isNotNull();
          assertThat(outcome.decision()).as("the unusable record at " + place).isEmpty();
        }
        case VALID -> {
          assertThat(outcome)
              .as("record " + one.shipment().recordId() + " at " + place)
              .isNotNull();
          assertThat(outcome.decision().map(Decision::getRecordId))
              .as("the decision of the record at " + place)
              .contains(one.shipment().recordId());
        }
      }
    }
    assertThat(unexplained).as("outcomes of records that nobody sent").isEmpty();
  }

  /** Every batch was decided in one piece under one release, closed by what its sender said. */
  void assertBatchesAreWhole() {
    Map<String, Long> sizes = new HashMap<>();
    for (Sent one : sent) {
      if (one.shipment().kind() != Shipment.Kind.MARKER) {
        one.shipment().batch().ifPresent(batch -> sizes.merge(batch, 1L, Long::sum));
      }
    }
    Map<String, Set<BatchPart>> parts = new HashMap<>();
    outcomes.values().stream()
        .flatMap(outcome -> outcome.decision().stream())
        .filter(decision -> decision.getBatch().getCloseReason() != CloseReason.SINGLE)
        .forEach(decision -> parts
            .computeIfAbsent(decision.getBatch().getId(), id -> new HashSet<>())
            .add(decision.getBatch()));
    Map<String, Set<Long>> epochs = new HashMap<>();
    outcomes.values().stream()
        .flatMap(outcome -> outcome.decision().stream())
        .forEach(decision -> epochs
            .computeIfAbsent(decision.getBatch().getId(), id -> new HashSet<>())
            .add(decision.getRelease().getEpoch()));
    epochs.forEach((id, found) -> assertThat(found).as("epochs of " + id).hasSize(1));
    parts.forEach((id, found) -> {
      assertThat(found).as("parts of " + id).hasSize(1);
      BatchPart part = found.iterator().next();
      assertThat((long) part.getSize()).as("size of " + part).isEqualTo(sizes.get(id));
      assertThat(part.getCloseReason())
          .as("why " + part + " closed")
          .isIn(CloseReason.SIZE, CloseReason.MARKER);
    });
  }

  /** The conservation law holds by offset, from the topics alone, and says what we sent. */
  LedgerReport assertLedgerBalances(Cluster cluster, TopicNames names, String applicationId) {
    LedgerReport report = ledger(cluster, names, applicationId);
    assertThat(report.balances()).as(report.text()).isTrue();
    assertThat(List.of(
            report.read(),
            report.decisions(),
            report.deadLetters(),
            report.markers(),
            report.open()))
        .as("read, decisions, dead letters, markers, open")
        .isEqualTo(List.of(
            (long) sent.size(),
            count(Shipment.Kind.VALID),
            count(Shipment.Kind.REJECTED),
            count(Shipment.Kind.MARKER),
            0L));
    return report;
  }

  static LedgerReport ledger(Cluster cluster, TopicNames names, String applicationId) {
    return new Ledger(cluster, names)
        .prove(Optional.of(applicationId), () -> open(cluster, applicationId));
  }

  /** The offsets of records in open batches, by partition. */
  static Map<Integer, NavigableSet<Long>> open(Cluster cluster, String applicationId) {
    return OpenRecords.read(
        cluster.properties(), CollectStores.recordsChangelog(applicationId), CHANGELOG_LIMIT);
  }
}
