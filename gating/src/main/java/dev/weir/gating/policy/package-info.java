/**
 * What was decided about deciding: thresholds, caps, widening, holds and canaries. Start at {@link
 * dev.weir.gating.policy.PolicyFile}.
 */
@NullMarked
package dev.weir.gating.policy;

import org.jspecify.annotations.NullMarked;
