package dev.weir.app.demo;

import java.util.List;
import java.util.Optional;

/**
 * Records that the demo sends together.
 *
 * @param batch the batch's id, which is the key; empty for records without a batch
 * @param closing how the batch says that it is complete
 * @param values the records' bytes
 * @param valid how many of them are valid records
 */
record Shipment(Optional<String> batch, Closing closing, List<byte[]> values, int valid) {
  Shipment {
    values = List.copyOf(values);
  }

  /** How a batch says that it is complete. */
  enum Closing {
    /** Each record announces the batch's size. */
    SIZE,
    /** A marker follows the last record. */
    MARKER,
    /** Nothing is said; the gate waits until no more comes. */
    SILENCE
  }
}
