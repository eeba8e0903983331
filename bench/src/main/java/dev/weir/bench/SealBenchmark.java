package dev.weir.bench;

import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DecisionJson;
import dev.weir.gating.decision.Seal;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.model.bundle.Fingerprint;
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

/** A decision's seal: canonical JSON and its SHA-256, straight into bytes and by way of a tree. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SealBenchmark {
  @Param("8x100x4")
  String shape = "";

  private final Sealer sealer = new Sealer();
  private List<Decision> decisions = List.of();
  private int next;

  @Setup
  public void load() {
    decisions = DecidedRecords.of(Workload.of(shape));
  }

  private Decision next() {
    return decisions.get(next++ & decisions.size() - 1);
  }

  /** As the gate seals. */
  @Benchmark
  public SealedBatch bytes() {
    return sealer.seal(List.of(next()));
  }

  /** As a verifier seals what it read. */
  @Benchmark
  public Fingerprint tree() {
    return Seal.of(DecisionJson.content(next()));
  }
}
