package dev.weir.bench.replay;

import dev.weir.bench.Workload;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.json.CanonicalJson;
import dev.weir.operations.cluster.Cluster;
import dev.weir.operations.policy.PolicyPublisher;
import dev.weir.operations.policy.PublishedRelease;
import dev.weir.operations.policy.ReleaseDraft;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.Headers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What a gate would have written of a workload's passengers in turn, under the shipped baseline: half
 * of the decisions alone, half in batches of 25, on the topics and as JSON lines.
 */
final class DecisionLog {
  private static final String POLICY = "passenger/baseline";
  private static final int BATCH = 25;
  private static final int PARTITIONS = 4;
  private static final long TIME = 1_700_000_000_000L;
  private static final int BATCH_BYTES = 64 << 10;

  private final Workload workload;
  private final TopicNames names;
  private final Sealer sealer = new Sealer();
  private final DecisionCodec codec = new DecisionCodec();
  private final long[] offsets = new long[PARTITIONS];
  private long bytes;

  DecisionLog(Workload workload, TopicNames names) {
    this.workload = workload;
    this.names = names;
  }

  /**
   * Writes the log.
   *
   * @param decisions on the topics
   * @param lines of these that go to the file too, at the least
   */
  void write(Cluster cluster, int decisions, Path file, int lines) throws IOException {
    ReleaseDraft draft = draft();
    PublishedRelease published = new PolicyPublisher(cluster, names, List.of()).publish(draft);
    Release release = release(draft, published.epoch());
    Map<String, Object> settings = new HashMap<>(cluster.properties());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    try (Producer<byte[], byte[]> writer = new Cluster(settings).writer();
        BufferedWriter json = Files.newBufferedWriter(file)) {
      int written = 0;
      for (int n = 0; written < decisions; n++) {
        // One batch of 25 after 25 alone.
        int size = Math.min(n % (BATCH + 1) == BATCH ? BATCH : 1, decisions - written);
        SealedBatch sealed = sealer.seal(release
            .decide(Controls.NONE, batch(n, written, size), OptionalLong.of(published.offset()))
            .decisions());
        send(writer, sealed);
        if (written < lines) {
          for (var line : sealed.json()) {
            json.write(CanonicalJson.inOwnOrder(line));
            json.newLine();
          }
        }
        written += size;
      }
    }
  }

  /** The mean length of a decision on the topics, before compression. */
  double meanBytes(int decisions) {
    return bytes / (double) decisions;
  }

  private Release release(ReleaseDraft draft, long epoch) {
    return new ReleasePayload(
            names.scope(),
            draft.version(),
            epoch,
            draft.effectiveFrom(),
            draft.expires(),
            draft.bundle(),
            draft.policy())
        .release(workload.bundle, Secrets.DEMO);
  }

  private ReleaseDraft draft() {
    PolicyFile policy =
        PolicyFile.read(POLICY, PolicyFile.shippedText(POLICY), workload.bundle.definition());
    return new ReleaseDraft(
        "baseline", TIME, OptionalLong.empty(), workload.bundle.fingerprint(), policy.json());
  }

  private Batch batch(int number, int first, int size) {
    int partition = number % PARTITIONS;
    long from = offsets[partition];
    offsets[partition] += size;
    List<Batch.Member> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      members.add(new Batch.Member(
          workload.records.get((first + i) % workload.records.size()),
          new Position(names.records(), partition, from + i),
          TIME + number));
    }
    return size == 1
        ? new Batch(
            "@" + partition + "/" + from, from, CloseReason.SINGLE, members, 0, TIME + number)
        : new Batch("batch-" + number, from, CloseReason.SIZE, members, 0, TIME + number);
  }

  private void send(Producer<byte[], byte[]> writer, SealedBatch sealed) {
    List<byte[]> encoded = codec.encode(sealed);
    for (int i = 0; i < encoded.size(); i++) {
      Decision decision = sealed.decisions().get(i);
      String topic =
          decision.route() == Route.AUTO_ACCEPT ? names.autoAccept() : names.priorityAudit();
      bytes += encoded.get(i).length;
      Future<RecordMetadata> unused = writer.send(
          new ProducerRecord<>(topic, Headers.value(decision.recordId()), encoded.get(i)));
    }
  }
}
