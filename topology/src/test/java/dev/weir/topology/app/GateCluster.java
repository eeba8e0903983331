package dev.weir.topology.app;

import dev.weir.gating.control.ControlOrder;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.SigningKey;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.bundle.BundleParts;
import dev.weir.schemas.bundle.PartKey;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.ActivationCodec;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.EnvelopeCodec;
import dev.weir.schemas.wire.Headers;
import dev.weir.schemas.wire.InstanceReport;
import dev.weir.schemas.wire.RecordCodec;
import dev.weir.testkit.broker.EmbeddedBroker;
import dev.weir.testkit.broker.Secured;
import dev.weir.testkit.bundle.TinyBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the topics of one scope, a bundle in a directory, and what a test does to them. */
final class GateCluster implements AutoCloseable {
  static final TopicNames TOPICS = TopicNames.of("passenger");
  static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  final EmbeddedBroker broker;
  final Bundle bundle;
  private final Path directory;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RecordCodec records;

  GateCluster(Path directory) throws Exception {
    this(directory, EmbeddedBroker.start());
  }

  /** Whose broker has a listener that asks who comes. */
  GateCluster(Path directory, Secured secured) throws Exception {
    this(directory, EmbeddedBroker.start(secured));
  }

  private GateCluster(Path directory, EmbeddedBroker broker) throws Exception {
    this.directory = directory;
    this.broker = broker;
    this.bundle = TinyBundle.write(directory.resolve("bundles/tiny"));
    this.records = RecordCodec.of(bundle.definition().domain());
    this.producer =
        new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer());
    try (Admin admin = Admin.create(clients())) {
      List<NewTopic> topics = Stream.of(
              TOPICS.records(),
              TOPICS.autoAccept(),
              TOPICS.priorityAudit(),
              TOPICS.holds(),
              TOPICS.shadow(),
              TOPICS.deadLetters())
          .map(name -> new NewTopic(name, PARTITIONS, (short) 1)
              .configs(Map.of("max.message.bytes", limit(name))))
          .toList();
      List<NewTopic> shared = Stream.of(
              TOPICS.policies(),
              TOPICS.controls(),
              TOPICS.bundles(),
              TOPICS.activations(),
              TOPICS.alerts())
          .map(name -> new NewTopic(name, 1, (short) 1))
          .toList();
      admin
          .createTopics(Stream.concat(topics.stream(), shared.stream()).toList())
          .all()
          .get();
    }
  }

  private static String limit(String topic) {
    return topic.equals(TOPICS.deadLetters()) ? "1100000" : "1048588";
  }

  Map<String, Object> clients() {
    return new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** The settings of an instance; given ones win. */
  GateConfig config(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>(Map.of(
        "bootstrapServers",
        broker.bootstrapServers(),
        "scope",
        "passenger",
        "stateDir",
        directory.resolve("state").toString(),
        "bundlesDir",
        directory.resolve("bundles").toString(),
        "batch.idleMsMax",
        "600000",
        "batch.ageMsMax",
        "600000",
        // A machine that stalls must not look like an instance that died.
        "kafka.session.timeout.ms",
        "60000"));
    settings.putAll(given);
    return GateConfig.of(settings);
  }

  GateApp app(Map<String, String> given) {
    return new GateApp(config(given));
  }

  GateApp started(Map<String, String> given) throws InterruptedException {
    GateApp app = app(given);
    app.start();
    await("the gate is ready", app::isReady);
    return app;
  }

  /** An instance that goes on starting in a thread of its own, until it has what it waits for or is closed. */
  Starting starting(Map<String, String> given) {
    GateApp app = app(given);
    Thread starter = new Thread(() -> {
      try {
        app.start();
      } catch (InterruptedException | IllegalStateException e) {
        // Closed before it had what it waits for.
      }
    });
    starter.start();
    return new Starting(app, starter);
  }

  /** An instance that is being started. */
  record Starting(GateApp app, Thread thread) implements AutoCloseable {
    @Override
    public void close() {
      app.close();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Publishes a shipped policy as a release. */
  void release(String policy, long epoch, long effectiveFrom, SigningKey... signers)
      throws Exception {
    release(
        policy + "-" + epoch,
        PolicyFile.read(policy, PolicyFile.shippedText(policy), bundle.definition()),
        epoch,
        effectiveFrom,
        signers);
  }

  /** Publishes a policy as a release. */
  void release(
      String version, PolicyFile file, long epoch, long effectiveFrom, SigningKey... signers)
      throws Exception {
    ReleasePayload payload = new ReleasePayload(
        "passenger",
        version,
        epoch,
        effectiveFrom,
        OptionalLong.empty(),
        bundle.fingerprint(),
        file.json());
    Envelope envelope = payload.unsigned(Purpose.DECIDE);
    for (SigningKey signer : signers) {
      envelope = envelope.signedBy(signer);
    }
    publish(epoch, new EnvelopeCodec().encode(envelope));
  }

  /** Publishes a shipped policy with a bundle as a shadow. */
  void shadow(String policy, Bundle with, long epoch, OptionalLong expires) throws Exception {
    PolicyFile file = PolicyFile.read(policy, PolicyFile.shippedText(policy), with.definition());
    ReleasePayload payload =
        new ReleasePayload("passenger", policy, epoch, 0, expires, with.fingerprint(), file.json());
    send(new ProducerRecord<>(
        TOPICS.policies(),
        bytes(new ReleaseKey("passenger", Purpose.SHADOW, epoch).toString()),
        new EnvelopeCodec().encode(payload.unsigned(Purpose.SHADOW))));
  }

  void publish(long epoch, byte[] envelope) throws Exception {
    send(new ProducerRecord<>(
        TOPICS.policies(),
        bytes(new ReleaseKey("passenger", Purpose.DECIDE, epoch).toString()),
        envelope));
  }

  /** Puts a bundle's files on the bundle topic, under a bundle's fingerprint. */
  void parts(Fingerprint named, SortedMap<String, byte[]> files) throws Exception {
    List<byte[]> parts = BundleParts.split(files);
    for (int number = 0; number < parts.size(); number++) {
      send(new ProducerRecord<>(
          TOPICS.bundles(), new PartKey(named, number).bytes(), parts.get(number)));
    }
  }

  /** The files of the bundle. */
  SortedMap<String, byte[]> bundleFiles() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(directory.resolve("bundles/tiny"))) {
      for (Path file : found.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  void order(ControlOrder order) throws Exception {
    order(order.key(), order.unsigned());
  }

  void order(String key, Envelope envelope) throws Exception {
    send(new ProducerRecord<>(TOPICS.controls(), bytes(key), new EnvelopeCodec().encode(envelope)));
  }

  void passenger(String batch, int number, Map<String, String> headers) throws Exception {
    passenger(batch, number, System.currentTimeMillis(), headers);
  }

  void passenger(String batch, int number, long time, Map<String, String> headers)
      throws Exception {
    raw(batch, records.encodeJson(TinyBundle.passenger(number), List.of()), time, headers);
  }

  void raw(String batch, byte[] value, long time, Map<String, String> headers) throws Exception {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, bytes(text)));
    raw(batch.isEmpty() ? null : bytes(batch), value, time, all);
  }

  void raw(byte[] batch, byte[] value, long time, org.apache.kafka.common.header.Headers headers)
      throws Exception {
    send(new ProducerRecord<>(TOPICS.records(), null, time, batch, value, headers));
  }

  /** Many records, not waited for one by one. */
  void flood(String batch, int from, int count, Map<String, String> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, bytes(text)));
    for (int i = from; i < from + count; i++) {
      producer.send(new ProducerRecord<>(
          TOPICS.records(),
          null,
          1L,
          batch.isEmpty() ? null : bytes(batch),
          records.encodeJson(TinyBundle.passenger(i), List.of()),
          all));
    }
    producer.flush();
  }

  void end(String batch) throws Exception {
    raw(batch, null, System.currentTimeMillis(), Map.of(Headers.BATCH_END, ""));
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  /** A reader of all partitions of some topics from here on, committed. */
  KafkaConsumer<byte[], byte[]> reader(List<String> topics) {
    Map<String, Object> settings = clients();
    settings.put("isolation.level", "read_committed");
    KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = topics.stream()
        .flatMap(topic -> reader.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
    reader.assign(partitions);
    reader.seekToEnd(partitions);
    partitions.forEach(reader::position);
    return reader;
  }

  /** What a topic has, committed. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> settings = clients();
    settings.put("isolation.level", "read_committed");
    // Closing waits for the fetch under way.
    settings.put("fetch.max.wait.ms", 20);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(50)).forEach(all::add);
      }
      return all;
    }
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    return await(count + " records in " + topic, () -> read(topic), found -> found.size() >= count);
  }

  /** Decisions of both topics, when there are so many. */
  List<dev.weir.schemas.avro.Decision> decisions(int count) {
    DecisionCodec codec = new DecisionCodec();
    return await(
            count + " decisions",
            () -> Stream.of(TOPICS.autoAccept(), TOPICS.priorityAudit())
                .flatMap(topic -> read(topic).stream())
                .toList(),
            found -> found.size() >= count)
        .stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  List<InstanceReport> reports(int count) {
    ActivationCodec codec = new ActivationCodec();
    return read(TOPICS.activations(), count).stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  static String route(dev.weir.schemas.avro.Decision decision) {
    return Route.valueOf(decision.getRoute().name()).name();
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, condition::getAsBoolean, isMet -> isMet);
  }

  /** Polls until a value is as it should be. */
  static <T> T await(String what, Supplier<T> value, java.util.function.Predicate<T> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T last;
    do {
      last = value.get();
      if (condition.test(last)) {
        return last;
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    } while (System.nanoTime() < deadline);
    throw new AssertionError(what + " not within " + PATIENCE + "; last: " + last);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    broker.close();
  }
}
