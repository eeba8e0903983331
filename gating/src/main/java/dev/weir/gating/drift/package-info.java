/**
 * Watching a stream of decisions for drift across batches. Start at {@link
 * dev.weir.gating.drift.DriftWatch}.
 */
@NullMarked
package dev.weir.gating.drift;

import org.jspecify.annotations.NullMarked;
