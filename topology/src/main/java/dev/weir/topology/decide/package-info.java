/**
 * Decides closed batches. Start at {@link dev.weir.topology.decide.BatchDecider}.
 */
@NullMarked
package dev.weir.topology.decide;

import org.jspecify.annotations.NullMarked;
