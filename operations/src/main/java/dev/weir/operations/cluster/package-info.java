/** How a Kafka cluster is reached and its topics are read whole. Start at {@link
 * dev.weir.operations.cluster.Cluster}. */
@NullMarked
package dev.weir.operations.cluster;

import org.jspecify.annotations.NullMarked;
