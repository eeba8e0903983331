/**
 * Avro by a schema registry with Confluent's API and wire format: a client and a serde of our own,
 * for which any other Kafka deserializer of Avro records can stand in. Start at {@link
 * dev.weir.schemas.registry.PayloadReader}, which the gate reads with.
 */
@NullMarked
package dev.weir.schemas.registry;

import org.jspecify.annotations.NullMarked;
