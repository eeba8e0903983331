/**
 * Gathers raw records into batches until they close. Start at {@link
 * dev.weir.topology.collect.Collector}, the pure rules; {@link
 * dev.weir.topology.collect.Collect} is the step of the topology that applies them to the stores.
 */
@NullMarked
package dev.weir.topology.collect;

import org.jspecify.annotations.NullMarked;
