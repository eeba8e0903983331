package dev.weir.faults;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One message for the records topic.
 *
 * @param batch the batch that it belongs to; empty for a batch of one
 * @param key empty for none
 * @param recordId what a valid record's decision will name; empty text for others
 * @param value empty for none
 * @param headers by name
 */
record Shipment(
    Optional<String> batch,
    Optional<byte[]> key,
    Kind kind,
    String recordId,
    Optional<byte[]> value,
    Map<String, byte[]> headers) {
  /** What the gate must make of a message. */
  enum Kind {
    /** A decision. */
    VALID,
    /** A dead letter. */
    REJECTED,
    /** Nothing: it ends its batch. */
    MARKER
  }

  /** A message as a well-behaved sender writes it: the key is the batch. */
  static Shipment of(
      Optional<String> batch,
      Kind kind,
      String recordId,
      byte[] value,
      Map<String, String> headers) {
    Map<String, byte[]> raw = new HashMap<>();
    headers.forEach((name, text) -> raw.put(name, bytes(text)));
    return new Shipment(batch, batch.map(Shipment::bytes), kind, recordId, Optional.of(value), raw);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
