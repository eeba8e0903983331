/**
 * What leaves the gate and where it goes. Start at {@link dev.weir.topology.route.Destination};
 * {@link dev.weir.topology.route.Outputs} writes a decided batch.
 */
@NullMarked
package dev.weir.topology.route;

import org.jspecify.annotations.NullMarked;
