package dev.weir.bench;

import dev.weir.gating.gate.BatchGate;
import dev.weir.gating.gate.Signals;
import dev.weir.gating.policy.Policy;
import dev.weir.gating.policy.PolicyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The gate with the scores given: slices, caps, readings, widening, checks and the batch rule. Beside
 * it its checks alone, on readings and widths that are given too.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GateBenchmark {
  private static final String POLICY = "passenger/baseline";

  /** The records of a batch. */
  @Param({"1", "100"})
  int rows;

  @Param("8x100x4")
  String shape = "";

  private BatchGate gate;
  private List<List<Signals>> batches;
  private List<List<Facts>> facts;
  private RuleEngine handWritten;
  private RuleEngine drools;
  private RuleEngine cel;
  private int next;

  @Setup
  public void load() {
    Workload workload = Workload.of(shape);
    Policy policy = PolicyFile.read(
            POLICY, PolicyFile.shippedText(POLICY), workload.bundle.definition())
        .policy();
    double threshold = workload.bundle.threshold();
    gate = BatchGate.of(policy, workload.bundle);
    handWritten = new HandWrittenRules(policy, threshold);
    drools = new DroolsRules(RuleText.of(policy, threshold));
    cel = new CelRules(RuleText.of(policy, threshold));
    List<Signals> signals = workload.records.stream()
        .map(record -> Signals.of(policy, workload.bundle, record))
        .toList();
    batches = new ArrayList<>();
    facts = new ArrayList<>();
    int count = Integer.highestOneBit(signals.size() / rows);
    for (int b = 0; b < count; b++) {
      List<Signals> batch = List.copyOf(signals.subList(b * rows, (b + 1) * rows));
      batches.add(batch);
      facts.add(facts(batch));
    }
  }

  private List<Facts> facts(List<Signals> batch) {
    BatchGate.Verdict verdict = judge(batch);
    List<Facts> all = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      all.add(new Facts(batch.get(i).score(), verdict.judgements().get(i)));
    }
    return all;
  }

  @TearDown
  public void close() throws Exception {
    drools.close();
    cel.close();
  }

  private BatchGate.Verdict judge(List<Signals> batch) {
    return gate.judge(batch, 0, Set.of(), Set.of());
  }

  private int next() {
    return next++ & batches.size() - 1;
  }

  private List<Facts> checkedBy(RuleEngine engine) {
    List<Facts> batch = facts.get(next());
    engine.check(batch);
    return batch;
  }

  /** Weir's gate, with all that a decision says of it. */
  @Benchmark
  public BatchGate.Verdict weir() {
    return judge(batches.get(next()));
  }

  /** The checks alone, as plain code. */
  @Benchmark
  public List<Facts> handWritten() {
    return checkedBy(handWritten);
  }

  /** The checks alone, in Drools. */
  @Benchmark
  public List<Facts> drools() {
    return checkedBy(drools);
  }

  /** The checks alone, in cel-java. */
  @Benchmark
  public List<Facts> cel() {
    return checkedBy(cel);
  }
}
