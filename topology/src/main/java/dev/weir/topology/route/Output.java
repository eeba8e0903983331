package dev.weir.topology.route;

import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A record ready to be written. */
public record Output(
    Destination destination, Record<byte @Nullable [], byte @Nullable []> record) {}
