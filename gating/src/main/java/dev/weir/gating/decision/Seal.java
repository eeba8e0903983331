package dev.weir.gating.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;

/** The SHA-256 that makes a change of a decision visible. */
public final class Seal {
  private static final String FIELD = "seal";

  private Seal() {}

  /** The seal of a decision's JSON; a seal that it already has is left out. */
  public static Fingerprint of(ObjectNode decision) {
    return Fingerprint.of(CanonicalJson.without(FIELD, decision));
  }

  /** Whether a decision's JSON has the seal of its content. */
  public static boolean isIntact(ObjectNode decision) {
    return of(decision).hex().equals(decision.path(FIELD).asText());
  }
}
