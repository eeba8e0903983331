package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.operations.cluster.TopicReader;
import dev.weir.schemas.topic.TopicNames;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records a second of the gate and of its pass-through, in turn, in one run. */
final class Throughput {
  private static final int WARM_UP_RECORDS = 40_000;
  /* The compiler of a fresh JVM shares the processors: with two of them, rounds still grew after 300,000 records. */
  private static final int WARM_UPS = 8;
  private static final int ROUNDS = 5;
  private static final int ROUND_RECORDS = 60_000;
  private static final int BATCH = 25;
  private static final int ANSWERS = 4_096;

  private final Stage stage;
  private final Report report;
  private final int rounds;

  Throughput(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
    this.rounds = stage.scaled(ROUNDS);
  }

  /** The file of decisions that pass-throughs answer with, and the gate's steady rate, batches of 1. */
  record Result(Path answers, double gatePerSecond, double passPerSecond) {}

  Result run() {
    Result ofOneThread = compareOneThread();
    compareThreads(ofOneThread.answers());
    return ofOneThread;
  }

  private Result compareOneThread() {
    TopicNames topics = Application.topics(stage.cluster(), "gate");
    stage.push(topics, "baseline");
    Map<String, String> settings = stage.settings(Map.of());
    try (Application gate =
        Application.gate("gate-0", topics, settings, stage.directory()).awaitStarted()) {
      Drain drain = new Drain(stage.cluster(), stage.input());
      Drain.Rate first = drain.run(gate, stage.scaled(WARM_UP_RECORDS), 1);
      List<ConsumerRecord<byte[], byte[]>> decisions = decisions(topics);
      Path answers = write(decisions);
      gate.pause();
      try (Application pass = Application.passThrough(
              "pass-0",
              Application.topics(stage.cluster(), "pass"),
              settings,
              stage.directory(),
              answers)
          .awaitStarted()) {
        report.paragraph(
            "Input %.0f bytes, decision %.0f bytes, before compression. The gate's first %d records after its start"
                + " took %.1f s, the assignment of partitions and a cold JVM included; below is steady state.",
            stage.input().meanBytes(),
            decisions.stream().mapToInt(r -> r.value().length).average().orElse(0),
            stage.scaled(WARM_UP_RECORDS),
            stage.scaled(WARM_UP_RECORDS) / first.whole());
        report.header(
            "throughput, records/s, median of " + rounds + " rounds in turn",
            "gate",
            "pass-through",
            "ratio (goal .80)",
            "ratios of the rounds",
            "gate, µs a record");
        double[] alone = compare("batches of 1", drain, gate, pass, 1);
        compare("batches of " + BATCH + ", buffered in a changelog", drain, gate, pass, BATCH);
        return new Result(answers, alone[0], alone[1]);
      }
    }
  }

  /* What a user would set: a thread for each processor, as far as there are partitions for them. */
  private void compareThreads(Path answers) {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), Application.PARTITIONS);
    Map<String, String> settings =
        stage.settings(Map.of("streamThreads", Integer.toString(threads)));
    TopicNames topics = Application.topics(stage.cluster(), "gate-threads");
    stage.push(topics, "baseline");
    try (Application gate = Application.gate("gate-threads", topics, settings, stage.directory())
            .awaitStarted();
        Application pass = Application.passThrough(
                "pass-threads",
                Application.topics(stage.cluster(), "pass-threads"),
                settings,
                stage.directory(),
                answers)
            .awaitStarted()) {
      pass.pause();
      compare(
          "batches of 1, streamThreads " + threads,
          new Drain(stage.cluster(), stage.input()),
          gate,
          pass,
          1);
    }
  }

  private double[] compare(
      String what, Drain drain, Application gate, Application pass, int batch) {
    for (int i = 0; i < WARM_UPS; i++) {
      drain.run(gate, stage.scaled(WARM_UP_RECORDS), batch);
      gate.pause();
      drain.run(pass, stage.scaled(WARM_UP_RECORDS), batch);
      pass.pause();
    }
    double[] ofGate = new double[rounds];
    double[] ofPass = new double[rounds];
    List<String> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ofGate[i] = drain.run(gate, stage.scaled(ROUND_RECORDS), batch).steady();
      gate.pause();
      ofPass[i] = drain.run(pass, stage.scaled(ROUND_RECORDS), batch).steady();
      pass.pause();
      ratios.add(ratio(ofGate[i], ofPass[i]));
    }
    double[] medians = {median(ofGate), median(ofPass)};
    report.line(
        what,
        Report.number(medians[0], 0),
        Report.number(medians[1], 0),
        "**" + ratio(medians[0], medians[1]) + "**",
        String.join(", ", ratios),
        Report.number(1e6 / medians[0], 1));
    return medians;
  }

  /** A backlog that was gone before it could be timed has rate 0. */
  private static String ratio(double gate, double pass) {
    return gate > 0 && pass > 0 ? Report.number(gate / pass, 2) : "not measured";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private List<ConsumerRecord<byte[], byte[]>> decisions(TopicNames topics) {
    TopicReader reader = new TopicReader(stage.cluster());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    reader.read(
        reader.spans(
            List.of(topics.autoAccept(), topics.priorityAudit()), TopicReader.End.COMMITTED),
        record -> {
          if (found.size() < ANSWERS) {
            found.add(record);
          }
        });
    return found;
  }

  private Path write(List<ConsumerRecord<byte[], byte[]>> decisions) {
    Path file = stage.directory().resolve("answers");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(decisions.size());
      for (ConsumerRecord<byte[], byte[]> decision : decisions) {
        out.writeBoolean(decision.topic().endsWith("auto-accept"));
        out.writeInt(decision.key().length);
        out.write(decision.key());
        out.writeInt(decision.value().length);
        out.write(decision.value());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
