package dev.weir.operations.ledger;

import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import dev.weir.operations.cluster.Cluster;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EngineFault;
import dev.weir.schemas.wire.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what a gate leaves behind: decisions and dead letters; and sources with gaps. */
final class GateTraces {
  private static final DecisionCodec CODEC = new DecisionCodec();
  private static final RawRecord RECORD =
      (RawRecord) new RecordParser(DomainDefinition.shipped("passenger").domain())
          .typed(Map.<String, Object>of("PassengerId", "1")::get, List.of());

  private final Cluster cluster;
  private final TopicNames names;

  GateTraces(Cluster cluster, TopicNames names) {
    this.cluster = cluster;
    this.names = names;
  }

  void accept(Position source) {
    write(new ProducerRecord<>(names.autoAccept(), decision(source, Route.AUTO_ACCEPT)));
  }

  void audit(Position source) {
    write(new ProducerRecord<>(names.priorityAudit(), decision(source, Route.PRIORITY_AUDIT)));
  }

  void hold(Position source) {
    write(new ProducerRecord<>(names.priorityAudit(), decision(source, Route.HELD)));
  }

  void bury(Position source) {
    bury(source, "UNDECODABLE");
  }

  void buryDuplicate(Position source) {
    bury(source, "DUPLICATE");
  }

  private void bury(Position source, String cause) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(names.deadLetters(), new byte[] {1});
    letter.headers().add(Headers.CAUSE, Headers.value(cause));
    letter.headers().add(Headers.SOURCE_TOPIC, Headers.value(source.topic()));
    letter.headers().add(Headers.SOURCE_PARTITION, Headers.value(source.partition()));
    letter.headers().add(Headers.SOURCE_OFFSET, Headers.value(source.offset()));
    write(letter);
  }

  /** A difference has its record's source, as a decision has; its bytes do not matter here. */
  void shadow(Position source) {
    write(new ProducerRecord<>(names.shadow(), decision(source, Route.PRIORITY_AUDIT)));
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      Cluster.await(writer.send(record), "writing");
    }
  }

  /**
   * Four records of partition 0 at offsets 0, 1, 6 and 8: two committed and their marker at 2, two
   * aborted and their marker at 5, then two committed one by one, each with its marker.
   */
  List<Position> sourceWithGaps() {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(names.records(), 0, null, new byte[1]);
    transact(List.of(record, record), true);
    transact(List.of(record, record), false);
    transact(List.of(record), true);
    transact(List.of(record), true);
    return Stream.of(0, 1, 6, 8)
        .map(offset -> new Position(names.records(), 0, offset))
        .toList();
  }

  /** Writes in a transaction that is committed or aborted. */
  void transact(List<ProducerRecord<byte[], byte[]>> records, boolean isCommitted) {
    try (KafkaProducer<byte[], byte[]> producer = transactional()) {
      producer.initTransactions();
      producer.beginTransaction();
      records.forEach(producer::send);
      producer.flush();
      if (isCommitted) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** A producer with a transactional id of its own, not initialized yet. */
  KafkaProducer<byte[], byte[]> transactional() {
    Map<String, Object> properties = new HashMap<>(cluster.properties());
    properties.put("transactional.id", UUID.randomUUID().toString());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static byte[] decision(Position source, Route route) {
    byte[] fault = CODEC.encode(new EngineFault(
        new BatchStamp("b", 0, 1, 0, 0, CloseReason.SINGLE, 1),
        source,
        1,
        RECORD,
        new ReleaseStamp(
            "passenger",
            "v",
            1,
            Fingerprint.of("policy"),
            Fingerprint.of("bundle"),
            OptionalLong.empty()),
        new ControlStamp(OptionalLong.empty(), List.of())));
    Decision decision = Decision.newBuilder(CODEC.decode(fault)).setRoute(route).build();
    try {
      ByteBuffer encoded = Decision.getEncoder().encode(decision);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
