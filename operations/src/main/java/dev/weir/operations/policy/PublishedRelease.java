package dev.weir.operations.policy;

/**
 * A release as it was published.
 *
 * @param offset of its envelope in the policy topic
 */
public record PublishedRelease(String scope, long epoch, long offset) {}
