package dev.weir.bench.stream;

import dev.weir.topology.app.GateConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What the gate is measured by: the same input, topics, settings and guarantees, and for each record
 * a decision that was made before, so that the outputs have the gate's own sizes and compress as the
 * gate's own do. It reads no record and keeps no batch.
 */
public final class PassThrough {
  private static final String SOURCE = "records";
  private static final String ANSWER = "answer";

  private PassThrough() {}

  /** A decision made before, and where it goes. */
  private record Answer(boolean isAccepted, byte[] key, byte[] value) {}

  /**
   * Runs until it is ended.
   *
   * @param arguments the decisions' file, then settings of {@link GateConfig} as name=value
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    GateConfig config = GateConfig.of(settings);
    KafkaStreams streams =
        new KafkaStreams(topology(config, read(Path.of(arguments[0]))), config.kafkaStreams());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(
            () -> streams.close(CloseOptions.groupMembershipOperation(
                CloseOptions.GroupMembershipOperation.LEAVE_GROUP)),
            "pass-through-close"));
    streams.start();
    System.out.println(Application.STARTED);
    new CountDownLatch(1).await();
  }

  private static Topology topology(GateConfig config, List<Answer> answers) {
    Topology topology = new Topology();
    topology.addSource(
        SOURCE,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        config.topics().records());
    topology.addProcessor(ANSWER, () -> new Answering(answers), SOURCE);
    sink(topology, "accepted", config.topics().autoAccept());
    sink(topology, "audited", config.topics().priorityAudit());
    return topology;
  }

  private static void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), ANSWER);
  }

  private static List<Answer> read(Path file) throws IOException {
    List<Answer> answers = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      for (int left = in.readInt(); left > 0; left--) {
        boolean isAccepted = in.readBoolean();
        byte[] key = in.readNBytes(in.readInt());
        answers.add(new Answer(isAccepted, key, in.readNBytes(in.readInt())));
      }
    }
    return answers;
  }

  private static final class Answering implements Processor<byte[], byte[], byte[], byte[]> {
    private final List<Answer> answers;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private int next;

    Answering(List<Answer> answers) {
      this.answers = answers;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      Answer answer = answers.get(next++ % answers.size());
      if (context != null) {
        context.forward(
            new Record<>(answer.key(), answer.value(), record.timestamp()),
            answer.isAccepted() ? "accepted" : "audited");
      }
    }
  }
}
