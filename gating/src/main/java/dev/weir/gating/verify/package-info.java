/**
 * Decisions recomputed from what they say themselves. Start at {@link
 * dev.weir.gating.verify.Verifier}.
 */
@NullMarked
package dev.weir.gating.verify;

import org.jspecify.annotations.NullMarked;
