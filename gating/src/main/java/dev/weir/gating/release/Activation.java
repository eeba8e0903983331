package dev.weir.gating.release;

import dev.weir.gating.gate.Gate;
import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.policy.SampleKeys;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.TrustedKeys;
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
   * What an instance brings to an envelope.
   *
   * @param scope its own; an envelope for another is none of its business
   * @param trusted who may publish releases here
   * @param bundles finds a bundle by fingerprint; throws IllegalArgumentException if it is there but
   *     cannot be used
   * @param sampleKeys the keys that policies name for their audit samples
   */
  record Instance(
      String scope,
      TrustedKeys trusted,
      Function<Fingerprint, Optional<Bundle>> bundles,
      SampleKeys sampleKeys) {}

  /**
   * Tries an envelope: payload type, signatures, payload, scope, epoch, bundle, policy. The payload
   * of an envelope that nobody trusted has signed is not even looked at.
   *
   * @param book what is activated so far
   */
  static Activation of(Envelope envelope, Instance instance, ReleaseBook book) {
    try {
      return activate(envelope, instance, book);
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Activation activate(Envelope envelope, Instance instance, ReleaseBook book) {
    if (!envelope.payloadType().equals(ReleasePayload.TYPE)) {
      return new Refused(
          "payload type '" + envelope.payloadType() + "' is not " + ReleasePayload.TYPE);
    }
    instance.trusted().require(envelope);
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    if (!payload.scope().equals(instance.scope())) {
      return new OtherScope(payload.scope());
    }
    long newest = book.newest().map(Release::epoch).orElse(-1L);
    if (payload.epoch() <= newest) {
      return new Refused("epoch " + payload.epoch() + " is not above " + newest
          + ", which is activated already; freeze the policy with a newer epoch");
    }
    Optional<Bundle> bundle = instance.bundles().apply(payload.bundle());
    if (bundle.isEmpty()) {
      return new WaitingForBundle(payload.bundle());
    }
    return new Activated(release(payload, bundle.get(), instance.sampleKeys()));
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
