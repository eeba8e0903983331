package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.schemas.topic.TopicNames;
import dev.weir.schemas.wire.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What an open batch costs in the gate's heap, after a full collection; and whether an instance whose
 * partitions are full to their limit stays below what docs/running.md says that it needs.
 */
final class Memory {
  private static final int BATCHES = 4_000;
  private static final int RECORDS = 10;
  private static final int FULL_RECORDS = 200_000;
  private static final long OPEN_BYTES_MAX = 16L << 20;
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  /* A line for the heap or for each of its generations, by collector; the metaspace's has no total. */
  private static final Pattern HEAP = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final double BYTES_PER_KB = 1024;

  private final Stage stage;
  private final Report report;

  Memory(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
  }

  void run() {
    TopicNames topics = Application.topics(stage.cluster(), "open");
    stage.push(topics, "baseline");
    try (Application gate = Application.gate(
        "open-0", topics, stage.settings(Map.of("batch.openMax", "1000000")), stage.directory())) {
      gate.awaitStarted();
      double none = usedBytes(gate);
      long bytes = send(topics, BATCHES);
      awaitTaken(gate);
      double all = usedBytes(gate);
      report.paragraph(
          "Memory: %s open batches of %d records of %.0f bytes take %.1f MB of heap, %.2f kB a batch, %.0f bytes a"
              + " record: %.1f bytes for each byte received. The gate without them uses %.0f MB.",
          Report.number(BATCHES, 0),
          RECORDS,
          bytes / (double) BATCHES / RECORDS,
          (all - none) / BYTES_PER_KB / BYTES_PER_KB,
          (all - none) / BATCHES / BYTES_PER_KB,
          (all - none) / BATCHES / RECORDS,
          (all - none) / bytes,
          none / BYTES_PER_KB / BYTES_PER_KB);
    }
  }

  /** Every partition open to its limit, and a bit sent after that. */
  void runFull() {
    TopicNames topics = Application.topics(stage.cluster(), "full");
    stage.push(topics, "baseline");
    Map<String, String> limits =
        Map.of("batch.openMax", "1000000", "batch.openBytesMax", Long.toString(OPEN_BYTES_MAX));
    try (Application gate =
        Application.gate("full-0", topics, stage.settings(limits), stage.directory())) {
      gate.awaitStarted();
      int batches = stage.scaled(FULL_RECORDS) / RECORDS;
      send(topics, batches);
      awaitTaken(gate);
      double used = usedBytes(gate);
      Matcher resident = RESIDENT.matcher(status(gate));
      if (!resident.find()) {
        throw new IllegalStateException("/proc does not say what the gate takes");
      }
      report.paragraph(
          "Four partitions, each open to its limit of %.0f MB and beyond (%s records in batches of %d that do not close):"
              + " %.0f MB of heap after a full collection; the process takes %.0f MB of the machine in all.",
          OPEN_BYTES_MAX / BYTES_PER_KB / BYTES_PER_KB,
          Report.number(batches * RECORDS, 0),
          RECORDS,
          used / BYTES_PER_KB / BYTES_PER_KB,
          Long.parseLong(resident.group(1)) / BYTES_PER_KB);
    }
  }

  private static String status(Application gate) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(gate.pid()), "status"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see what process " + gate.pid() + " takes", e);
    }
  }

  private long send(TopicNames topics, int batches) {
    long bytes = 0;
    try (Writer writer = new Writer(stage.cluster())) {
      for (int n = 0; n < batches * RECORDS; n++) {
        byte[] value = stage.input().values().get(n % stage.input().values().size());
        byte[] key = ("open-" + n % batches).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.records(), key, value);
        record.headers().add(Headers.BATCH_SIZE, Headers.value(RECORDS + 1));
        writer.send(record);
        bytes += value.length;
      }
    }
    return bytes;
  }

  private void awaitTaken(Application gate) {
    try (Admin admin = stage.cluster().admin()) {
      Waiting.until(
          LIMIT,
          "the open batches",
          () -> Offsets.committed(admin, gate.group())
              .equals(Offsets.ends(admin, gate.topics().records())));
    }
  }

  private static double usedBytes(Application gate) {
    jcmd(gate, "GC.run");
    long kilobytes = HEAP.matcher(jcmd(gate, "GC.heap_info"))
        .results()
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
    if (kilobytes == 0) {
      throw new IllegalStateException("jcmd GC.heap_info does not say how much is used");
    }
    return kilobytes * BYTES_PER_KB;
  }

  private static String jcmd(Application gate, String command) {
    try {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              Long.toString(gate.pid()),
              command)
          .redirectErrorStream(true)
          .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run jcmd; run this with a JDK", e);
    }
  }
}
