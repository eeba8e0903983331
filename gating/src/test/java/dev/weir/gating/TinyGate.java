package dev.weir.gating;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Controls;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Shipped policies over the {@link TinyBundle}. */
public final class TinyGate {
  public static final Bundle BUNDLE = TinyBundle.bundle();

  private TinyGate() {}

  public static PolicyFile policy(String name) {
    return PolicyFile.read(
        name, PolicyFile.shippedText("passenger/" + name), TinyBundle.DEFINITION);
  }

  public static Gate gate(PolicyFile file) {
    String key = file.policy().auditSample().key();
    return new Gate(file.policy(), BUNDLE, Secrets.DEMO);
  }

  public static Batch batch(List<RawRecord> records, int rejected) {
    List<Batch.Member> members = new ArrayList<>();
    for (RawRecord record : records) {
      members.add(new Batch.Member(
          record, new Position("raw", 0, 100 + members.size()), 1_000 + members.size()));
    }
    return new Batch(
        "b1", 100, CloseReason.SIZE, members, rejected, 999 + members.size() + rejected);
  }

  public static Gate.Outcome decide(PolicyFile file, Controls controls, Batch batch) {
    return Release.offline(file.fingerprint(), gate(file))
        .decide(controls, batch, OptionalLong.of(5));
  }

  /** The decisions of a batch as JSON. */
  public static List<ObjectNode> json(PolicyFile file, Controls controls, Batch batch) {
    return SealedBatch.of(decide(file, controls, batch).decisions()).json();
  }
}
