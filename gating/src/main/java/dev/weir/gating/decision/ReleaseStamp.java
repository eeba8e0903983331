package dev.weir.gating.decision;

import dev.weir.model.bundle.Fingerprint;
import java.util.OptionalLong;

/**
 * Which release decided, and how it was chosen.
 *
 * @param epoch rises strictly per scope
 * @param policy fingerprint of the policy
 * @param bundle fingerprint of the bundle
 * @param book offset of the policy topic that the instance's book had reached; empty offline
 */
public record ReleaseStamp(
    String scope,
    String version,
    long epoch,
    Fingerprint policy,
    Fingerprint bundle,
    OptionalLong book) {}
