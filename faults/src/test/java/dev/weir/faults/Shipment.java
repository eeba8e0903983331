package dev.weir.faults;

import java.util.Map;
import java.util.Optional;

/**
 * One message for the records topic.
 *
 * @param batch its key; empty for a batch of one
 * @param recordId what a valid record's decision will name; empty text for others
 * @param headers by name, as text
 */
record Shipment(
    Optional<String> batch, Kind kind, String recordId, byte[] value, Map<String, String> headers) {
  /** What the gate must make of a message. */
  enum Kind {
    /** A decision. */
    VALID,
    /** A dead letter. */
    REJECTED,
    /** Nothing: it ends its batch. */
    MARKER
  }
}
