/**
 * Deciding again what was decided, and telling every difference by its cause. Start at {@link
 * dev.weir.operations.replay.Replay}; {@link dev.weir.operations.replay.Cause} says what can differ.
 */
@NullMarked
package dev.weir.operations.replay;

import org.jspecify.annotations.NullMarked;
