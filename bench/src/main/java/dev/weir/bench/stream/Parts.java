package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Sealer;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.prior.SlicePrior;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.RecordCodec;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the gate's own time goes, in this JVM: one record after the other goes through all parts, as in
 * the stream, so that each part finds what the parts before it left in the caches.
 */
final class Parts {
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;
  private static final double NANOS_PER_MICRO = 1e3;

  private final List<byte[]> values;
  private final int records;
  private final Bundle bundle;
  private final Release release;
  private final RecordCodec codec;
  private final Sealer sealer = new Sealer();
  private final DecisionCodec decisions = new DecisionCodec();
  private final Report report;
  private double sink;

  /** @param records of a round */
  Parts(Input input, Bundle bundle, PolicyFile policy, int records, Report report) {
    this.values = input.values();
    this.records = records;
    this.bundle = bundle;
    this.release =
        Release.offline(policy.fingerprint(), new Gate(policy.policy(), bundle, Secrets.DEMO));
    this.codec = RecordCodec.of(bundle.definition().domain());
    this.report = report;
  }

  /** Nanoseconds of all records of a round. */
  private static final class Times {
    private long parse;
    private long score;
    private long decide;
    private long seal;
    private long encode;
  }

  void run() {
    Times[] rounds = new Times[ROUNDS];
    for (int i = 0; i < WARM_UPS; i++) {
      round();
    }
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = round();
    }
    report.header(
        "the gate's own parts, batches of 1, one thread, median of " + ROUNDS + " rounds",
        "µs a record",
        "share");
    double all = micros(rounds, t -> t.parse + t.decide + t.seal + t.encode);
    line("parse the JSON, check the domain's rules", micros(rounds, t -> t.parse), all);
    line("flags, features, trees, contributions, interval", micros(rounds, t -> t.score), all);
    line(
        "gate: caps, readings, rules, reasons, provenance",
        micros(rounds, t -> t.decide - t.score),
        all);
    line("seal: canonical JSON, SHA-256, Merkle root", micros(rounds, t -> t.seal), all);
    line("encode Avro", micros(rounds, t -> t.encode), all);
    line("together", all, all);
    if (Double.isNaN(sink)) {
      throw new AssertionError("a probability is no number");
    }
  }

  private interface Part {
    long nanos(Times times);
  }

  private double micros(Times[] rounds, Part part) {
    long[] sorted = Arrays.stream(rounds).mapToLong(part::nanos).sorted().toArray();
    return sorted[sorted.length / 2] / NANOS_PER_MICRO / records;
  }

  private void line(String what, double micros, double all) {
    report.line(what, Report.number(micros, 1), Report.number(100 * micros / all, 0) + " %");
  }

  /* Scores are a part of deciding, so they are taken in a pass of their own. */
  private Times round() {
    Times times = new Times();
    for (int n = 0; n < records; n++) {
      decide(n, times);
    }
    for (int n = 0; n < records; n++) {
      score(n, times);
    }
    return times;
  }

  private void decide(int n, Times times) {
    long start = System.nanoTime();
    RawRecord record = parsed(n);
    long parsed = System.nanoTime();
    Batch.Member member = new Batch.Member(record, new Position("bench", 0, n), n);
    Batch batch = new Batch("@0/" + n, n, CloseReason.SINGLE, List.of(member), 0, n);
    Gate.Outcome outcome = release.decide(Controls.NONE, batch, OptionalLong.of(1));
    long decided = System.nanoTime();
    SealedBatch sealed = sealer.seal(outcome.decisions());
    long sealing = System.nanoTime();
    sink += decisions.encode(sealed).get(0).length;
    long encoded = System.nanoTime();
    times.parse += parsed - start;
    times.decide += decided - parsed;
    times.seal += sealing - decided;
    times.encode += encoded - sealing;
  }

  private void score(int n, Times times) {
    RawRecord record = parsed(n);
    long start = System.nanoTime();
    Evidence evidence = bundle.evidence(record);
    SlicePrior prior = bundle.prior(evidence);
    sink += bundle.score(evidence, prior).pModel();
    times.score += System.nanoTime() - start;
  }

  private RawRecord parsed(int n) {
    return (RawRecord) codec.decode(values.get(n % values.size()));
  }
}
