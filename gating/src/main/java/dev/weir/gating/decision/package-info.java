/**
 * What comes out of the gate: decisions with everything needed to recompute them, and holds. Start
 * at {@link dev.weir.gating.decision.Decision}.
 */
@NullMarked
package dev.weir.gating.decision;

import org.jspecify.annotations.NullMarked;
