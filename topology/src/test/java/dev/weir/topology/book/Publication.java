package dev.weir.topology.book;

import dev.weir.gating.policy.PolicyFile;
import dev.weir.gating.release.Purpose;
import dev.weir.gating.release.ReleaseKey;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.schemas.wire.EnvelopeCodec;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** A release of the hotfix policy as it stands on the policy topic. */
record Publication(
    String scope, Purpose purpose, long epoch, Fingerprint bundle, Bundle definition) {
  Publication(String scope, long epoch, Fingerprint bundle, Bundle definition) {
    this(scope, Purpose.DECIDE, epoch, bundle, definition);
  }

  static Publication of(Bundle bundle, long epoch) {
    return new Publication("passenger", epoch, bundle.fingerprint(), bundle);
  }

  static Publication shadow(Bundle bundle, long epoch) {
    return new Publication("passenger", Purpose.SHADOW, epoch, bundle.fingerprint(), bundle);
  }

  byte[] key() {
    return new ReleaseKey(scope, purpose, epoch).toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] value() {
    PolicyFile file = PolicyFile.read(
        "hotfix", PolicyFile.shippedText("passenger/hotfix"), definition.definition());
    return new EnvelopeCodec()
        .encode(new ReleasePayload(
                scope, "v" + epoch, epoch, 0, OptionalLong.empty(), bundle, file.json())
            .unsigned(purpose));
  }
}
