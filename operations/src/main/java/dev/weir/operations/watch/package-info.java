/**
 * A program that reads the decision log and orders gates to stop accepting when the stream has
 * drifted. Start at {@link dev.weir.operations.watch.DriftWatcher}.
 */
@NullMarked
package dev.weir.operations.watch;

import org.jspecify.annotations.NullMarked;
