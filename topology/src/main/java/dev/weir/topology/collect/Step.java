package dev.weir.topology.collect;

import dev.weir.gating.decision.CloseReason;
import java.util.Optional;

/**
 * What one record does to its batch.
 *
 * @param batch the batch with the record; empty where there is none
 * @param closing why the batch closes; empty where it stays open
 * @param isMember whether the record is in the batch, and not an end marker
 */
record Step(Optional<BatchState> batch, Optional<CloseReason> closing, boolean isMember) {
  Step {
    if (batch.isEmpty() && (closing.isPresent() || isMember)) {
      throw new AssertionError("a step on no batch can neither close one nor be in it");
    }
  }

  static Step joined(BatchState batch, Optional<CloseReason> closing) {
    return new Step(Optional.of(batch), closing, true);
  }

  static Step ended(Optional<BatchState> open) {
    return new Step(open, open.map(batch -> CloseReason.MARKER), false);
  }
}
