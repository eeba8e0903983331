package dev.weir.schemas.wire;

import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A record's value as far as it is read before a domain looks at it. */
public sealed interface Payload {
  /** Bytes that say themselves what they are, if anything does. */
  record Plain(byte @Nullable [] value) implements Payload {}

  /** A record that was read by its schema in a registry. */
  record Registered(GenericRecord record) implements Payload {}

  /** Bytes that no schema of the registry reads, and why. */
  record Unreadable(String reason) implements Payload {}
}
