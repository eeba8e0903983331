package dev.weir.operations.replay;

import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.cluster.Span;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.registry.PayloadReader;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.UndecodableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Replays the decision log on the topics, from the values that decisions carry or from the records. */
public final class TopicReplay {
  private static final Set<String> REFUSED =
      Set.of("TOO_LARGE", "BAD_KEY", "BAD_HEADER", "ENGINE_FAULT");
  private static final String DUPLICATE = "DUPLICATE";
  private static final int RECORDS_PER_REPORT = 1_000;

  /* Large enough to be worth a hand-over between threads, small enough to keep all of them busy. */
  private static final int CHUNK = 256;

  private final TopicReader topics;
  private final TopicNames names;
  private final ThreadLocal<DecisionCodec> codecs = ThreadLocal.withInitial(DecisionCodec::new);

  public TopicReplay(Cluster cluster, TopicNames names) {
    this.topics = new TopicReader(cluster);
    this.names = names;
  }

  /**
   * The report on all decisions on the topics now.
   *
   * @param payloads makes a reader of records for each thread; empty to decide from what the
   *     decisions carry
   */
  public ReplayReport run(
      Releases releases,
      ReplayRange range,
      Optional<Supplier<PayloadReader>> payloads,
      ReplayProgress progress) {
    List<String> read = new ArrayList<>(List.of(names.autoAccept(), names.priorityAudit()));
    if (payloads.isPresent()) {
      read.addAll(List.of(names.records(), names.deadLetters()));
    }
    Map<TopicPartition, Span> spans = topics.spans(read, TopicReader.End.COMMITTED);
    long total =
        spans.values().stream().mapToLong(span -> span.end() - span.begin()).sum();
    try (Replay replay = new Replay(
        range,
        releases,
        WireForm::new,
        payloads.orElse(PayloadReader::withoutRegistry),
        payloads.isPresent())) {
      Undecoded undecoded = new Undecoded(replay);
      long[] done = {0};
      topics.read(spans, record -> {
        take(undecoded, record);
        if (++done[0] % RECORDS_PER_REPORT == 0) {
          replay.assembler().settle();
          progress.at(done[0], total);
        }
      });
      undecoded.handOver();
      return replay.finish();
    }
  }

  /** Decisions as they lie on their topics, handed to a replay a chunk at a time. */
  private final class Undecoded {
    private final Replay replay;
    private List<ConsumerRecord<byte[], byte[]>> chunk = new ArrayList<>(CHUNK);

    Undecoded(Replay replay) {
      this.replay = replay;
    }

    void add(ConsumerRecord<byte[], byte[]> decision) {
      chunk.add(decision);
      if (chunk.size() == CHUNK) {
        handOver();
      }
    }

    void handOver() {
      List<ConsumerRecord<byte[], byte[]>> full = chunk;
      chunk = new ArrayList<>(CHUNK);
      replay.decisions(() -> decode(full));
    }
  }

  private Replay.Chunk decode(List<ConsumerRecord<byte[], byte[]>> records) {
    DecisionCodec codec = codecs.get();
    List<LoggedDecision> decisions = new ArrayList<>(records.size());
    ReplayReport.Sum undecodable = new ReplayReport.Sum();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        decisions.add(new LoggedDecision.Wire(record.value(), codec.input(record.value())));
      } catch (UndecodableRecord e) {
        undecodable.add(ReplayReport.undecodable(record.topic() + "-" + record.partition()
            + " offset " + record.offset() + " is no decision: " + e.getMessage()));
      }
    }
    return new Replay.Chunk(decisions, undecodable.report());
  }

  private void take(Undecoded undecoded, ConsumerRecord<byte[], byte[]> record) {
    Replay replay = undecoded.replay;
    if (record.topic().equals(names.records())) {
      if (record.headers().lastHeader(Headers.BATCH_END) == null) {
        replay
            .assembler()
            .record(
                record.topic(),
                record.partition(),
                record.offset(),
                new RawRecords.Raw(
                    Math.max(0, record.timestamp()), record.value(), record.headers(), false));
      }
    } else if (record.topic().equals(names.deadLetters())) {
      rejected(replay.assembler(), record);
    } else {
      undecoded.add(record);
    }
  }

  private static void rejected(PartAssembler assembler, ConsumerRecord<byte[], byte[]> record) {
    Optional<String> topic = text(record, Headers.SOURCE_TOPIC);
    Optional<String> batch = text(record, Headers.BATCH);
    Optional<String> cause = text(record, Headers.CAUSE);
    OptionalLong partition = number(record, Headers.SOURCE_PARTITION);
    OptionalLong offset = number(record, Headers.SOURCE_OFFSET);
    if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty()) {
      return;
    }
    int source = (int) partition.getAsLong();
    // One that was sent again from here has the headers of its first time, a batch among them.
    if (cause.equals(Optional.of(DUPLICATE))) {
      assembler.dropped(topic.get(), source, offset.getAsLong());
      return;
    }
    if (batch.isEmpty()) {
      return;
    }
    int hash = batch.get().lastIndexOf('#');
    OptionalLong part = Headers.number(Headers.value(batch.get().substring(hash + 1)));
    if (hash < 0 || part.isEmpty()) {
      return;
    }
    assembler.rejected(
        new PartKey(topic.get(), source, batch.get().substring(0, hash), part.getAsLong()),
        offset.getAsLong(),
        cause.filter(REFUSED::contains).isPresent());
  }

  private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? Optional.empty() : Headers.text(header.value());
  }

  private static OptionalLong number(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? OptionalLong.empty() : Headers.number(header.value());
  }
}
