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
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what a gate leaves behind: decisions and dead letters. */
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
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(names.deadLetters(), new byte[] {1});
    letter.headers().add(Headers.SOURCE_TOPIC, Headers.value(source.topic()));
    letter.headers().add(Headers.SOURCE_PARTITION, Headers.value(source.partition()));
    letter.headers().add(Headers.SOURCE_OFFSET, Headers.value(source.offset()));
    write(letter);
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    try (Producer<byte[], byte[]> writer = cluster.writer()) {
      Cluster.await(writer.send(record), "writing");
    }
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
