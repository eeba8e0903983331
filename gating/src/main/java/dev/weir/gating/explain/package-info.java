/**
 * A decision as a person would say it. Start at {@link dev.weir.gating.explain.Explainer}.
 */
@NullMarked
package dev.weir.gating.explain;

import org.jspecify.annotations.NullMarked;
