package dev.weir.lab.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.gating.gate.Gate;
import dev.weir.gating.gate.ReferenceRate;
import dev.weir.gating.gate.Secrets;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Release;
import dev.weir.model.json.CanonicalJson;

/** A policy with the bundle of one arm, and the rows that both are judged on. */
record Contestant(Arm arm, PolicyFile policy) {
  /**
   * The policy ready to run with the arm's bundle.
   *
   * @throws IllegalArgumentException if the policy needs what neither bundle nor fitted rows give
   */
  static Contestant of(Arm arm, PolicyFile policy) {
    boolean isGiven = policy.policy().hold().referenceRate().isPresent();
    if (isGiven
        || arm.fitted().isEmpty()
        || !ReferenceRate.mustBeGiven(policy.policy(), arm.bundle())) {
      return new Contestant(arm, policy);
    }
    ObjectNode json = policy.json().deepCopy();
    ((ObjectNode) json.get("hold"))
        .put("referenceRate", ReferenceRate.of(policy.policy(), arm.bundle(), arm.fitted()));
    return new Contestant(arm, reread(json, arm));
  }

  private static PolicyFile reread(ObjectNode json, Arm arm) {
    return PolicyFile.read("policy", CanonicalJson.of(json), arm.bundle().definition());
  }

  /** The same arm under a changed policy. */
  Contestant with(ObjectNode json) {
    return of(arm, reread(json, arm));
  }

  /** The policy's content, to be changed. */
  ObjectNode json() {
    return policy.json().deepCopy();
  }

  double threshold() {
    return arm.bundle().threshold();
  }

  /** A gate of its own for whoever asks, so that threads share nothing. */
  Release release() {
    Gate gate = new Gate(policy.policy(), arm.bundle(), Secrets.DEMO);
    return Release.offline(policy.fingerprint(), gate);
  }
}
