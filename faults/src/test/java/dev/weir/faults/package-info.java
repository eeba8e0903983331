/**
 * Breaks a running gate and proves that nothing was lost, doubled or torn. Start at {@link
 * dev.weir.faults.KilledInstanceTest}, which reads like the rest; {@link dev.weir.faults.Scene} has
 * the words.
 */
@NullMarked
package dev.weir.faults;

import org.jspecify.annotations.NullMarked;
