package dev.weir.gating.release;

import dev.weir.gating.gate.Secrets;
import dev.weir.gating.signing.Envelope;
import dev.weir.gating.signing.TrustedKeys;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What became of one envelope: all or nothing (gate.md §11). A failure leaves the last good release
 * in force.
 */
public sealed interface Activation {
  /** The release is in the book. */
  record Activated(Release release) implements Activation {}

  /** The envelope was refused, and why. */
  record Refused(String reason) implements Activation {}

  /**
   * The bundle that the envelope names cannot be had yet; to be tried again.
   *
   * @param why goes on where a sentence has named the bundle
   */
  record WaitingForBundle(Fingerprint bundle, String why) implements Activation {
    /** Nobody has it. */
    public WaitingForBundle(Fingerprint bundle) {
      this(bundle, "is not here yet");
    }
  }

  /** The envelope is for another scope and none of this instance's business. */
  record OtherScope(String scope) implements Activation {}

  /**
   * What an instance brings to an envelope.
   *
   * @param scope its own; an envelope for another is none of its business
   * @param purpose what it takes releases for
   * @param trusted who may publish releases here
   * @param bundles finds a bundle by fingerprint; throws IllegalArgumentException if it is there but
   *     cannot be used
   * @param secrets with the keys that policies name for their audit samples
   */
  record Instance(
      String scope,
      Purpose purpose,
      TrustedKeys trusted,
      Function<Fingerprint, Optional<Bundle>> bundles,
      Secrets secrets) {}

  /**
   * Tries an envelope: payload type, signatures, payload, scope, epoch, bundle, policy. The payload
   * of an envelope that nobody trusted has signed is not even looked at.
   *
   * @param newestEpoch the highest that was activated for this purpose so far; -1 for none
   */
  static Activation of(Envelope envelope, Instance instance, long newestEpoch) {
    try {
      return activate(envelope, instance, newestEpoch);
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Activation activate(Envelope envelope, Instance instance, long newestEpoch) {
    String expected = instance.purpose().payloadType();
    if (!envelope.payloadType().equals(expected)) {
      return new Refused("payload type '" + envelope.payloadType() + "' is not " + expected);
    }
    instance.trusted().require(envelope);
    ReleasePayload payload = ReleasePayload.read(envelope.payload());
    if (!payload.scope().equals(instance.scope())) {
      return new OtherScope(payload.scope());
    }
    if (payload.epoch() <= newestEpoch) {
      return new Refused("epoch " + payload.epoch() + " is not above " + newestEpoch
          + ", which is activated already; freeze the policy with a newer epoch");
    }
    Optional<Bundle> bundle = instance.bundles().apply(payload.bundle());
    if (bundle.isEmpty()) {
      return new WaitingForBundle(payload.bundle());
    }
    Release release = payload.release(bundle.get(), instance.secrets());
    // Asked once, so that an instance without the masking key refuses now, not at the first record.
    UnaryOperator<String> unused = release.gate().hashing();
    return new Activated(release);
  }
}
