package dev.weir.bench;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.schemas.wire.DecisionCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decisions through Kafka's own codecs, a producer's batch at a time: what the gate pays to write one,
 * and a reader to read it. How many bytes are left is printed at the start.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CompressBenchmark {
  /* A producer's batch of 16 kB before compression, which is its default. */
  private static final int BATCH = 15;

  /* The only version of record batches that brokers still take. */
  private static final byte FORMAT = 2;

  @Param("8x100x4")
  String shape = "";

  @Param({"LZ4", "ZSTD", "SNAPPY", "GZIP"})
  String codec = "";

  private Compression compression = Compression.NONE;
  private List<byte[]> batches = List.of();
  private List<ByteBuffer> compressed = List.of();
  private final ByteBufferOutputStream out = new ByteBufferOutputStream(64 << 10);
  private final byte[] read = new byte[64 << 10];
  private int next;

  @Setup
  public void load() throws IOException {
    compression = Compression.of(codec.toLowerCase(Locale.ROOT)).build();
    batches = batches(DecidedRecords.of(Workload.of(shape)));
    compressed = new ArrayList<>();
    for (byte[] batch : batches) {
      compressed.add(ByteBuffer.wrap(compressed(batch)));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: of %.0f bytes a decision %.0f are left%n",
        codec,
        batches.stream().mapToInt(batch -> batch.length).sum() / (double) (batches.size() * BATCH),
        compressed.stream().mapToInt(ByteBuffer::limit).sum() / (double) (batches.size() * BATCH));
  }

  private static List<byte[]> batches(List<Decision> decisions) {
    DecisionCodec decisionCodec = new DecisionCodec();
    List<byte[]> batches = new ArrayList<>();
    for (int from = 0; from + BATCH <= decisions.size(); from += BATCH) {
      ByteBuffer batch = ByteBuffer.allocate(64 << 10);
      for (Decision decision : decisions.subList(from, from + BATCH)) {
        batch.put(decisionCodec.encode(SealedBatch.of(List.of(decision))).get(0));
      }
      byte[] bytes = new byte[batch.position()];
      batch.flip().get(bytes);
      batches.add(bytes);
    }
    return batches;
  }

  private byte[] compressed(byte[] batch) throws IOException {
    out.position(0);
    try (OutputStream stream = compression.wrapForOutput(out, FORMAT)) {
      stream.write(batch);
    }
    byte[] bytes = new byte[out.position()];
    ByteBuffer written = out.buffer().duplicate();
    written.flip();
    written.get(bytes);
    return bytes;
  }

  /** A batch as a producer writes it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public byte[] write() throws IOException {
    return compressed(batches.get(next++ % batches.size()));
  }

  /** A batch as a consumer reads it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int read() throws IOException {
    ByteBuffer batch = compressed.get(next++ % compressed.size()).duplicate();
    int sum = 0;
    try (InputStream stream = compression.wrapForInput(batch, FORMAT, BufferSupplier.NO_CACHING)) {
      for (int count = stream.read(read); count >= 0; count = stream.read(read)) {
        sum += count;
      }
    }
    return sum;
  }
}
