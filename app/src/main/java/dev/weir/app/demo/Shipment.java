package dev.weir.app.demo;

import dev.weir.operations.send.OutgoingBatch;

/**
 * Records that the demo sends together.
 *
 * @param valid how many of them are valid records
 */
record Shipment(OutgoingBatch batch, int valid) {
  /** Records on the topic; a marker is none. */
  int records() {
    return batch.records().size();
  }
}
