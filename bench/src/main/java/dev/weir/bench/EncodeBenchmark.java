package dev.weir.bench;

import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.schemas.avro.Decision;
import dev.weir.schemas.wire.DecisionCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sealed decision as the bytes of the wire; beside it what Avro's generated classes take for them. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncodeBenchmark {
  @Param("8x100x4")
  String shape = "";

  private final DecisionCodec codec = new DecisionCodec();
  private List<SealedBatch> sealed = List.of();
  private List<Decision> generated = List.of();
  private int next;

  @Setup
  public void load() {
    Sealer sealer = new Sealer();
    sealed = DecidedRecords.of(Workload.of(shape)).stream()
        .map(decision -> sealer.seal(List.of(decision)))
        .toList();
    generated =
        sealed.stream().map(batch -> codec.decode(codec.encode(batch).get(0))).toList();
  }

  /** From the decision's own values. */
  @Benchmark
  public List<byte[]> direct() {
    return codec.encode(sealed.get(next++ & sealed.size() - 1));
  }

  /** By Avro's writer, from a generated object that is there already. */
  @Benchmark
  public ByteBuffer generatedWriter() throws IOException {
    return Decision.getEncoder().encode(generated.get(next++ & generated.size() - 1));
  }

  /** By Avro's writer, from a generated object that a generated builder fills. */
  @Benchmark
  public ByteBuffer generatedBuilder() throws IOException {
    return Decision.getEncoder()
        .encode(
            Decision.newBuilder(generated.get(next++ & generated.size() - 1)).build());
  }
}
