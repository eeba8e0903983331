package dev.weir.gating.release;

import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.json.CanonicalJson;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of one envelope: all or nothing (gate.md §11). A failure leaves the last good release
 * in force.
 */
public sealed interface Activation {
  /** The release is in the book. */
  record Activated(Release release) implements Activation {}

  /** The envelope was refused, and why. */
  record Refused(String reason) implements Activation {}

  /** The bundle that the envelope names is not here yet; to be tried again. */
  record WaitingForBundle(Fingerprint bundle) implements Activation {}

  /** The envelope is for another scope and none of this instance's business. */
  record OtherScope(String scope) implements Activation {}

  /**
   * Tries an envelope: parse, schema, semantics, signature and scope, epoch, bundle, compile.
   *
   * @param scope this instance's
   * @param book what is activated so far
   * @param bundles finds a bundle by fingerprint; throws IllegalArgumentException if it is there but
   *     cannot be used
   */
  static Activation of(
      Envelope envelope,
      String scope,
      ReleaseBook book,
      Function<Fingerprint, Optional<Bundle>> bundles,
      SampleKeys keys) {
    try {
      return activate(envelope, scope, book, bundles, keys);
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Activation activate(
      Envelope envelope,
      String scope,
      ReleaseBook book,
      Function<Fingerprint, Optional<Bundle>> bundles,
      SampleKeys keys) {
    if (!envelope.payloadType().equals(Envelope.PAYLOAD_TYPE)) {
      return new Refused(
          "payload type '" + envelope.payloadType() + "' is not " + Envelope.PAYLOAD_TYPE);
    }
    if (!envelope.signatures().isEmpty()) {
      return new Refused("the envelope is signed, and no verifier is configured here");
    }
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    if (!payload.scope().equals(scope)) {
      return new OtherScope(payload.scope());
    }
    long newest = book.newest().map(Release::epoch).orElse(-1L);
    if (payload.epoch() <= newest) {
      return new Refused("epoch " + payload.epoch() + " is not above " + newest
          + ", which is activated already; freeze the policy with a newer epoch");
    }
    Optional<Bundle> bundle = bundles.apply(payload.bundle());
    if (bundle.isEmpty()) {
      return new WaitingForBundle(payload.bundle());
    }
    return new Activated(release(payload, bundle.get(), keys));
  }

  private static Release release(ReleasePayload payload, Bundle bundle, SampleKeys keys) {
    String text = CanonicalJson.of(payload.policy());
    PolicyFile file = PolicyFile.read("policy", text, bundle.definition());
    if (!file.policy().scope().equals(payload.scope())) {
      throw new IllegalArgumentException("the policy's scope '" + file.policy().scope()
          + "' is not the envelope's, '" + payload.scope() + "'");
    }
    Gate gate =
        new Gate(file.policy(), bundle, keys.find(file.policy().auditSample().key()));
    return new Release(
        payload.scope(),
        payload.version(),
        payload.epoch(),
        payload.effectiveFrom(),
        payload.expires(),
        file.fingerprint(),
        gate);
  }
}
