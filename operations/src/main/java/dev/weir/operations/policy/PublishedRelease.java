package dev.weir.operations.policy;

import dev.weir.gating.release.Purpose;

/**
 * A release as it was published.
 *
 * @param offset of its envelope in the policy topic
 */
public record PublishedRelease(String scope, Purpose purpose, long epoch, long offset) {}
