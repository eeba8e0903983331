/**
 * Orders that tighten a running gate, and who may give or lift them. Start at {@link
 * dev.weir.gating.control.ControlOrder}.
 */
@NullMarked
package dev.weir.gating.control;

import org.jspecify.annotations.NullMarked;
