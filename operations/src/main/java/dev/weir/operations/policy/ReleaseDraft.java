package dev.weir.operations.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gating.release.ReleasePayload;
import dev.weir.model.bundle.Fingerprint;
import java.util.OptionalLong;

/**
 * A release to be published, before it has an epoch.
 *
 * @param version the release's name for people
 * @param effectiveFrom epoch milliseconds, inclusive
 * @param expires epoch milliseconds, exclusive; empty for never
 * @param bundle the bundle that the policy runs with
 * @param policy the policy's content as JSON
 */
public record ReleaseDraft(
    String version, long effectiveFrom, OptionalLong expires, Fingerprint bundle, JsonNode policy) {
  ReleasePayload payload(String scope, long epoch) {
    return new ReleasePayload(scope, version, epoch, effectiveFrom, expires, bundle, policy);
  }
}
