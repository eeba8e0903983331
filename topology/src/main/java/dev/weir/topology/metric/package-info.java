/**
 * What an instance counts, as meters. Start at {@link dev.weir.topology.metric.GateMetrics}.
 */
@NullMarked
package dev.weir.topology.metric;

import org.jspecify.annotations.NullMarked;
