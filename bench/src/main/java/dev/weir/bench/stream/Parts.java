package dev.weir.bench.stream;

import dev.weir.bench.Report;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.RecordSheet;
import dev.weir.model.domain.Parsed;
import dev.weir.model.domain.RawRecord;
import dev.weir.schemas.wire.DecisionCodec;
import dev.weir.schemas.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;

/** Where the gate's own time goes, a record at a time, in this JVM. */
final class Parts {
  private static final int WARM_UP = 40_000;
  private static final int MEASURED = 40_000;
  private static final double NANOS_PER_MICRO = 1e3;

  private final Stage stage;
  private final Report report;
  private int sink;

  Parts(Stage stage, Report report) {
    this.stage = stage;
    this.report = report;
  }

  /** Microseconds a record, all parts together. */
  double run() {
    List<byte[]> values = stage.input().values();
    RecordCodec codec = RecordCodec.of(stage.workload().bundle.definition().domain());
    PolicyFile policy = stage.policy("baseline");
    Release release = Release.offline(
        policy.fingerprint(), new Gate(policy.policy(), stage.workload().bundle, Secrets.DEMO));
    List<Batch> batches = batches(values, codec);
    List<Gate.Outcome> outcomes =
        batches.stream().map(batch -> decide(release, batch)).toList();
    List<SealedBatch> sealed =
        outcomes.stream().map(outcome -> SealedBatch.of(outcome.decisions())).toList();
    RecordSheet sheet = stage.workload().bundle.sheet();
    DecisionCodec decisions = new DecisionCodec();

    double parse = micros(n -> codec.decode(values.get(n % values.size())).hashCode());
    double score = micros(n -> {
      stage
          .workload()
          .bundle
          .read(batches.get(n % batches.size()).records().get(0).record(), sheet);
      return sheet.score().pModel() > 0.5 ? 1 : 0;
    });
    double decide =
        micros(n -> decide(release, batches.get(n % batches.size())).decisions().size());
    double seal = micros(n ->
        SealedBatch.of(outcomes.get(n % outcomes.size()).decisions()).seals().size());
    double encode = micros(n -> decisions.encode(sealed.get(n % sealed.size())).get(0).length);
    double all = parse + decide + seal + encode;
    report.header("the gate's own parts, µs a record, batches of 1, one thread", "µs", "share");
    line("parse the JSON, check the domain's rules", parse, all);
    line("flags, features, trees, contributions, interval", score, all);
    line("gate: caps, readings, rules, reasons, provenance", decide - score, all);
    line("seal: canonical JSON, SHA-256, Merkle root", seal, all);
    line("encode Avro", encode, all);
    line("together", all, all);
    return all;
  }

  private void line(String what, double micros, double all) {
    report.line(what, Report.number(micros, 1), Report.number(100 * micros / all, 0) + " %");
  }

  private static List<Batch> batches(List<byte[]> values, RecordCodec codec) {
    List<Batch> batches = new ArrayList<>();
    for (int n = 0; n < values.size(); n++) {
      Parsed parsed = codec.decode(values.get(n));
      if (parsed instanceof RawRecord record) {
        Batch.Member member = new Batch.Member(record, new Position("bench", 0, n), n);
        batches.add(new Batch("@0/" + n, n, CloseReason.SINGLE, List.of(member), 0, n));
      }
    }
    return batches;
  }

  private static Gate.Outcome decide(Release release, Batch batch) {
    return release.decide(Controls.NONE, batch, OptionalLong.of(1));
  }

  private double micros(IntUnaryOperator work) {
    for (int n = 0; n < stage.scaled(WARM_UP); n++) {
      sink += work.applyAsInt(n);
    }
    long start = System.nanoTime();
    for (int n = 0; n < stage.scaled(MEASURED); n++) {
      sink += work.applyAsInt(n);
    }
    return (System.nanoTime() - start) / NANOS_PER_MICRO / stage.scaled(MEASURED);
  }

  /** Keeps the measured work from being left out by the compiler. */
  int sink() {
    return sink;
  }
}
