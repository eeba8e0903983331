package dev.weir.gating.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of one batch part with the seals over them.
 *
 * @param decisions in batch order
 * @param seals of the decisions, in the same order
 * @param root over the seals; empty iff there is no decision
 */
public record SealedBatch(
    List<Decision> decisions, List<Fingerprint> seals, Optional<Fingerprint> root) {
  public SealedBatch {
    decisions = List.copyOf(decisions);
    seals = List.copyOf(seals);
  }

  /** Seals the decisions of one batch part; a {@link Sealer} does it for many. */
  public static SealedBatch of(List<Decision> decisions) {
    return new Sealer().seal(decisions);
  }

  /** The decisions as JSON objects, sealed. */
  public List<ObjectNode> json() {
    List<ObjectNode> lines = new ArrayList<>(decisions.size());
    for (int i = 0; i < decisions.size(); i++) {
      lines.add(DecisionJson.content(decisions.get(i))
          .put(Seal.SEAL, seals.get(i).hex())
          .put(Seal.BATCH_SEAL, root.orElseThrow().hex()));
    }
    return lines;
  }
}
