package dev.weir.bench;

import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.Position;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The workload's records, each decided alone under the shipped baseline. */
final class DecidedRecords {
  private static final String POLICY = "passenger/baseline";

  private DecidedRecords() {}

  static List<Decision> of(Workload workload) {
    PolicyFile file =
        PolicyFile.read(POLICY, PolicyFile.shippedText(POLICY), workload.bundle.definition());
    Release release =
        Release.offline(file.fingerprint(), new Gate(file.policy(), workload.bundle, Secrets.DEMO));
    List<Decision> decisions = new ArrayList<>();
    for (RawRecord record : workload.records) {
      long offset = decisions.size();
      Position source = new Position("weir.passenger.records", 0, offset);
      Batch batch = new Batch(
          "@0/" + offset,
          offset,
          CloseReason.SINGLE,
          List.of(new Batch.Member(record, source, 1_700_000_000_000L)),
          0,
          1_700_000_000_000L);
      decisions.addAll(release.decide(Controls.NONE, batch, OptionalLong.of(1)).decisions());
    }
    return decisions;
  }
}
