package dev.weir.operations.ledger;

import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.avro.Route;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.UndecodableRecord;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Enters source records and their outcomes into the partitions' books. */
final class OutcomeReader {
  private final TopicNames names;
  private final Map<TopicPartition, PartitionBook> books;
  private final DecisionCodec decisions = new DecisionCodec();
  private final Discrepancies unexplained = new Discrepancies();
  private long accepted;
  private long audited;
  private long held;

  OutcomeReader(TopicNames names, Map<TopicPartition, PartitionBook> books) {
    this.names = names;
    this.books = books;
  }

  Discrepancies unexplained() {
    return unexplained;
  }

  LedgerReport.Routes routes() {
    return new LedgerReport.Routes(accepted, audited, held);
  }

  void record(ConsumerRecord<byte[], byte[]> record) {
    PartitionBook book = books.get(new TopicPartition(record.topic(), record.partition()));
    if (book != null) {
      book.read(record.offset(), record.headers().lastHeader(Headers.BATCH_END) != null);
    }
  }

  void outcome(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(names.deadLetters())) {
      deadLetter(record);
    } else {
      decision(record);
    }
  }

  private void decision(ConsumerRecord<byte[], byte[]> record) {
    Decision decision;
    try {
      decision = decisions.decode(record.value());
    } catch (UndecodableRecord e) {
      unexplained.add(place(record) + " is no decision: " + e.getMessage());
      return;
    }
    boolean belongs =
        record.topic().equals(names.autoAccept()) == (decision.getRoute() == Route.AUTO_ACCEPT);
    if (!belongs || decision.getRoute() == Route.UNKNOWN) {
      unexplained.add(place(record) + " has route " + decision.getRoute()
          + ", which does not belong on this topic");
    }
    TopicPartition source =
        new TopicPartition(decision.getSource().getTopic(), decision.getSource().getPartition());
    long offset = decision.getSource().getOffset();
    PartitionBook book = book(record, source);
    if (book == null || !book.covers(offset)) {
      return;
    }
    if (book.decided(offset, place(record))) {
      count(decision.getRoute());
    } else {
      unexplained.add(
          place(record) + " decides " + source + " offset " + offset + ", where no record is");
    }
  }

  private void count(Route route) {
    switch (route) {
      case AUTO_ACCEPT -> accepted++;
      case HELD -> held++;
      case PRIORITY_AUDIT, UNKNOWN -> audited++;
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> topic = Headers.text(header(record, Headers.SOURCE_TOPIC));
    OptionalLong partition = Headers.number(header(record, Headers.SOURCE_PARTITION));
    OptionalLong offset = Headers.number(header(record, Headers.SOURCE_OFFSET));
    if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty()) {
      unexplained.add(place(record) + " does not say where it was read");
      return;
    }
    TopicPartition source = new TopicPartition(topic.get(), (int) partition.getAsLong());
    PartitionBook book = book(record, source);
    if (book != null
        && book.covers(offset.getAsLong())
        && !book.buried(offset.getAsLong(), place(record))) {
      unexplained.add(place(record) + " is of " + source + " offset " + offset.getAsLong()
          + ", where no record is");
    }
  }

  private @Nullable PartitionBook book(
      ConsumerRecord<byte[], byte[]> record, TopicPartition source) {
    PartitionBook book = books.get(source);
    if (book == null) {
      unexplained.add(
          place(record) + " is of " + source + ", which is no partition of " + names.records());
    }
    return book;
  }

  private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + " offset " + record.offset();
  }
}
