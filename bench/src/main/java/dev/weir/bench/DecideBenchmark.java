package dev.weir.bench;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From parsed records to their decisions, seals excepted: what a batch costs in the stream, and how
 * much of it is the score, and the copy of the score that a decision keeps.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecideBenchmark {
  private static final String POLICY = "passenger/baseline";

  /** The records of a batch. */
  @Param({"1", "100"})
  int rows;

  @Param("8x100x4")
  String shape = "";

  private Bundle bundle;
  private RecordSheet sheet;
  private Release release;
  private List<Batch> batches;
  private int next;

  @Setup
  public void load() {
    Workload workload = Workload.of(shape);
    bundle = workload.bundle;
    sheet = bundle.sheet();
    PolicyFile file = PolicyFile.read(POLICY, PolicyFile.shippedText(POLICY), bundle.definition());
    release = Release.offline(file.fingerprint(), new Gate(file.policy(), bundle, Secrets.DEMO));
    batches = new ArrayList<>();
    int count = Integer.highestOneBit(workload.records.size() / rows);
    for (int b = 0; b < count; b++) {
      batches.add(batch(workload.records.subList(b * rows, (b + 1) * rows)));
    }
  }

  private static Batch batch(List<RawRecord> records) {
    List<Batch.Member> members = new ArrayList<>();
    for (RawRecord record : records) {
      members.add(new Batch.Member(record, new Position("records", 0, members.size()), 0));
    }
    return new Batch("batch", 0, CloseReason.SIZE, members, 0, 0);
  }

  private Batch next() {
    return batches.get(next++ & batches.size() - 1);
  }

  /** The whole of it. */
  @Benchmark
  public Gate.Outcome decide() {
    return release.decide(Controls.NONE, next(), OptionalLong.empty());
  }

  /** The records' evidence, priors and scores, as decisions keep them. */
  @Benchmark
  public void scoreToKeep(Blackhole kept) {
    for (Batch.Member member : next().records()) {
      Evidence evidence = bundle.evidence(member.record());
      kept.consume(evidence);
      kept.consume(bundle.score(evidence, bundle.prior(evidence)));
    }
  }

  /** The same, one after the other in a sheet. */
  @Benchmark
  public void score(Blackhole kept) {
    for (Batch.Member member : next().records()) {
      bundle.read(member.record(), sheet);
      kept.consume(sheet.score().pModel());
    }
  }
}
