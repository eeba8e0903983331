/**
 * The decision function. {@link dev.weir.gating.gate.Gate#decide} is the whole of it: flag, score,
 * widen, gate. It is pure: no clock, no randomness, no input or output.
 */
@NullMarked
package dev.weir.gating.gate;

import org.jspecify.annotations.NullMarked;
