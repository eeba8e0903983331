package dev.weir.gating.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.util.Set;

/** The SHA-256 that makes a change of a decision visible. */
public final class Seal {
  /** The decision's own seal. */
  public static final String SEAL = "seal";

  /** The root over the seals of the decision's batch part. */
  public static final String BATCH_SEAL = "batchSeal";

  private static final Set<String> SEALS = Set.of(SEAL, BATCH_SEAL);

  private Seal() {}

  /** The seal of a decision's JSON; seals that it already has are left out. */
  public static Fingerprint of(ObjectNode decision) {
    return Fingerprint.of(CanonicalJson.without(SEALS, decision));
  }

  /** Whether a decision's JSON has the seal of its content. */
  public static boolean isIntact(ObjectNode decision) {
    return of(decision).hex().equals(decision.path(SEAL).asText());
  }
}
