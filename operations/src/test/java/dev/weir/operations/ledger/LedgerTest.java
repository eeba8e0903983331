package dev.weir.operations.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.gating.decision.Position;
import dev.weir.operations.SharedBroker;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.send.OutgoingBatch;
import dev.weir.operations.send.RecordSender;
import dev.weir.operations.topic.TopicSizes;
import dev.weir.operations.topic.Topics;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.topic.TopicNames;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class LedgerTest {
  private static final Supplier<Map<Integer, Set<Long>>> NOTHING_OPEN = Map::of;

  private final Cluster cluster;
  private final TopicNames names;
  private final GateTraces gate;

  LedgerTest(Cluster cluster) {
    this.cluster = cluster;
    this.names = new TopicNames("ledger-" + UUID.randomUUID(), "p");
    this.gate = new GateTraces(cluster, names);
    new Topics(cluster, names).make(new TopicSizes(2, 1));
  }

  private List<Position> send(int records) {
    List<byte[]> values =
        IntStream.range(0, records).mapToObj(i -> new byte[] {(byte) i}).toList();
    return send(OutgoingBatch.whole("batch", values));
  }

  private List<Position> send(OutgoingBatch batch) {
    try (RecordSender sender = new RecordSender(cluster, names, Double.POSITIVE_INFINITY)) {
      return sender.send(List.of(batch));
    }
  }

  private LedgerReport prove(Supplier<Map<Integer, Set<Long>>> open) {
    return new Ledger(cluster, names).prove(Optional.empty(), open);
  }

  private static Supplier<Map<Integer, Set<Long>>> open(Collection<Position> positions) {
    Map<Integer, Set<Long>> open = positions.stream()
        .collect(Collectors.groupingBy(
            Position::partition, Collectors.mapping(Position::offset, Collectors.toSet())));
    return () -> open;
  }

  private static TopicPartition partition(Position position) {
    return new TopicPartition(position.topic(), position.partition());
  }

  @Test
  void prove_nothingRead_balances() {
    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.balances()).isTrue();
    assertThat(report.read()).isZero();
    assertThat(report.partitions()).hasSize(2);
  }

  @Test
  void prove_oneOfEach_balances() {
    List<Position> sent = send(OutgoingBatch.marked(
        "batch", List.of(new byte[1], new byte[1], new byte[1], new byte[1], new byte[1])));
    gate.accept(sent.get(0));
    gate.audit(sent.get(1));
    gate.hold(sent.get(2));
    gate.bury(sent.get(3));

    LedgerReport report = prove(open(List.of(sent.get(4))));

    assertThat(report.text())
        .startsWith("6 read = 3 decisions + 1 dead letters + 1 markers + 1 open: balances\n"
            + "decisions: 1 accepted, 1 audited, 1 held\n");
    assertThat(report.balances()).isTrue();
    assertThat(report.routes()).isEqualTo(new LedgerReport.Routes(1, 1, 1));
  }

  @Test
  void prove_recordWithoutOutcome_isMissing() {
    List<Position> sent = send(2);
    gate.accept(sent.get(0));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.balances()).isFalse();
    assertThat(report.missing().count()).isEqualTo(1);
    assertThat(report.missing().examples().get(0))
        .contains("offset " + sent.get(1).offset() + " has no decision");
    assertThat(report.text()).contains("DOES NOT BALANCE").contains("missing: 1");
  }

  @Test
  void prove_manyMissing_givesTenExamples() {
    send(12);

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.missing().count()).isEqualTo(12);
    assertThat(report.missing().examples()).hasSize(10);
    assertThat(report.text()).contains("and 2 more");
  }

  @Test
  void prove_decidedTwice_isDoubled() {
    List<Position> sent = send(1);
    gate.accept(sent.get(0));
    gate.audit(sent.get(0));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.doubled().count()).isEqualTo(1);
    assertThat(report.doubled().examples().get(0)).contains("is decided and has a decision");
    assertThat(report.missing().count()).isZero();
  }

  @Test
  void prove_decidedAndBuried_isDoubled() {
    List<Position> sent = send(1);
    gate.accept(sent.get(0));
    gate.bury(sent.get(0));

    assertThat(prove(NOTHING_OPEN).doubled().count()).isEqualTo(1);
  }

  @Test
  void prove_decidedMarker_isDoubled() {
    List<Position> sent = send(OutgoingBatch.marked("batch", List.of()));
    gate.accept(sent.get(0));

    assertThat(prove(NOTHING_OPEN).doubled().examples().get(0))
        .contains("is a batch marker and has a decision");
  }

  @Test
  void prove_decidedAndStillOpen_isDoubled() {
    List<Position> sent = send(1);
    gate.accept(sent.get(0));

    assertThat(prove(open(sent)).doubled().examples().get(0)).contains("and still open");
  }

  @Test
  void prove_decidedWhileWeRead_isNotDoubled() {
    List<Position> sent = send(1);
    gate.accept(sent.get(0));
    Deque<Map<Integer, Set<Long>>> answers = new ArrayDeque<>(
        List.of(Map.of(sent.get(0).partition(), Set.of(sent.get(0).offset())), Map.of()));

    LedgerReport report = prove(answers::removeFirst);

    assertThat(report.balances()).isTrue();
    assertThat(report.decisions()).isEqualTo(1);
  }

  @Test
  void prove_openWithoutRecord_isUnexplained() {
    List<Position> sent = send(1);
    gate.accept(sent.get(0));
    Position nowhere = new Position(names.records(), sent.get(0).partition(), 7);

    assertThat(prove(open(List.of(nowhere))).balances()).isTrue();

    gate.transact(
        List.of(new ProducerRecord<>(names.records(), nowhere.partition(), null, new byte[1])),
        false);
    send(OutgoingBatch.whole("batch", List.of(new byte[1])));
    Position aborted = new Position(names.records(), nowhere.partition(), 1);
    assertThat(prove(open(List.of(aborted))).unexplained().examples().get(0))
        .contains("offset 1 is open, and no record is there");
  }

  @Test
  void prove_decisionOfAbortedRecord_isUnexplained() {
    gate.transact(List.of(new ProducerRecord<>(names.records(), 0, null, new byte[1])), false);
    gate.accept(new Position(names.records(), 0, 0));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.unexplained().examples().get(0)).contains("where no record is");
  }

  @Test
  void prove_foreignOutcomes_areUnexplained() {
    gate.accept(new Position("another.records", 0, 0));
    gate.write(new ProducerRecord<>(names.autoAccept(), new byte[] {1, 2, 3}));
    gate.write(new ProducerRecord<>(names.deadLetters(), new byte[] {1}));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.unexplained().count()).isEqualTo(3);
    assertThat(report.unexplained().examples())
        .anyMatch(example -> example.contains("another.records-0"))
        .anyMatch(example -> example.contains("is no decision"))
        .anyMatch(example -> example.contains("does not say where it was read"));
  }

  @Test
  void prove_auditOnTheAcceptTopic_isUnexplained() {
    List<Position> sent = send(1);
    gate.write(new ProducerRecord<>(
        names.autoAccept(), GateTraces.decision(sent.get(0), Route.PRIORITY_AUDIT)));

    assertThat(prove(NOTHING_OPEN).unexplained().examples().get(0))
        .contains("route PRIORITY_AUDIT, which does not belong");
  }

  @Test
  void prove_abortedDecision_countsForNothing() {
    List<Position> sent = send(1);
    ProducerRecord<byte[], byte[]> decision = new ProducerRecord<>(
        names.autoAccept(), GateTraces.decision(sent.get(0), Route.AUTO_ACCEPT));
    gate.transact(List.of(decision), false);
    gate.transact(List.of(decision), true);

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.balances()).isTrue();
    assertThat(report.decisions()).isEqualTo(1);
  }

  @Test
  void prove_transactionStillOpen_waitsForIt() throws Exception {
    List<Position> sent = send(1);
    try (KafkaProducer<byte[], byte[]> producer = gate.transactional()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(
          names.autoAccept(), GateTraces.decision(sent.get(0), Route.AUTO_ACCEPT)));
      producer.flush();

      CompletableFuture<LedgerReport> report =
          CompletableFuture.supplyAsync(() -> prove(NOTHING_OPEN));
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> report.get(1, TimeUnit.SECONDS));
      producer.commitTransaction();

      assertThat(report.get(30, TimeUnit.SECONDS).balances()).isTrue();
    }
  }

  @Test
  void prove_ofAGroup_leavesAsideWhatItHasNotCommitted() {
    List<Position> sent = send(3);
    gate.accept(sent.get(0));
    gate.audit(sent.get(2));
    commit("gate", sent.get(1));

    LedgerReport report = new Ledger(cluster, names).prove(Optional.of("gate"), NOTHING_OPEN);

    assertThat(report.read()).isEqualTo(1);
    assertThat(report.balances()).isTrue();
    assertThat(new Ledger(cluster, names)
            .prove(Optional.of("unknown"), NOTHING_OPEN)
            .read())
        .isZero();
  }

  @Test
  void prove_expiredRecords_areLeftAside() {
    List<Position> sent = send(3);
    sent.forEach(gate::accept);
    try (Admin admin = cluster.admin()) {
      Cluster.await(
          admin
              .deleteRecords(Map.of(
                  partition(sent.get(0)),
                  org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(
                      sent.get(2).offset())))
              .all(),
          "deleting");
    }

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.balances()).isTrue();
    assertThat(report.read()).isEqualTo(1);
    assertThat(report.decisions()).isEqualTo(1);
  }

  @Test
  void prove_duplicateDroppedByDedupe_isADeadLetterOfItsOwnOffset() {
    List<Position> sent = send(3);
    gate.accept(sent.get(0));
    gate.buryDuplicate(sent.get(1));
    gate.audit(sent.get(2));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.balances()).isTrue();
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(report.decisions()).isEqualTo(2);
  }

  @Test
  void prove_shadowDifferences_countForNothing() {
    List<Position> sent = send(2);
    gate.accept(sent.get(0));
    gate.shadow(sent.get(0));
    gate.shadow(sent.get(1));

    LedgerReport report = prove(NOTHING_OPEN);

    assertThat(report.decisions()).isEqualTo(1);
    assertThat(report.doubled().count()).isZero();
    assertThat(report.missing().count()).isEqualTo(1);
  }

  @Test
  void prove_sourceWithGaps_needsEachOutcomeExactlyOnce() {
    List<Position> records = gate.sourceWithGaps();
    List<Runnable> outcomes = List.of(
        () -> gate.accept(records.get(0)),
        () -> gate.hold(records.get(1)),
        () -> gate.buryDuplicate(records.get(2)),
        () -> gate.audit(records.get(3)));

    for (int done = 0; done < outcomes.size(); done++) {
      LedgerReport report = prove(NOTHING_OPEN);
      assertThat(report.read()).isEqualTo(outcomes.size());
      assertThat(report.missing().examples())
          .hasSize(outcomes.size() - done)
          .first()
          .asString()
          .contains("offset " + records.get(done).offset() + " has no decision");
      outcomes.get(done).run();
    }
    assertThat(prove(NOTHING_OPEN).text())
        .startsWith("4 read = 3 decisions + 1 dead letters + 0 markers + 0 open: balances\n");
    for (int again = 0; again < outcomes.size(); again++) {
      outcomes.get(again).run();
      assertThat(prove(NOTHING_OPEN).doubled().examples())
          .hasSize(again + 1)
          .anyMatch(isOf(records.get(again)));
    }
  }

  private static Predicate<String> isOf(Position record) {
    return example -> example.contains("offset " + record.offset() + " is ");
  }

  @Test
  void prove_decisionOfATransactionMarker_isUnexplained() {
    gate.sourceWithGaps().forEach(gate::accept);
    assertThat(prove(NOTHING_OPEN).balances()).isTrue();

    gate.accept(new Position(names.records(), 0, 2));

    assertThat(prove(NOTHING_OPEN).unexplained().examples())
        .singleElement()
        .asString()
        .contains("offset 2, where no record is");
  }

  private void commit(String group, Position next) {
    try (Admin admin = cluster.admin()) {
      Cluster.await(
          admin
              .alterConsumerGroupOffsets(
                  group, Map.of(partition(next), new OffsetAndMetadata(next.offset())))
              .all(),
          "committing");
    }
  }
}
