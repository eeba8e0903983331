package dev.weir.topology.decide;

import dev.weir.gating.gate.Batch;
import dev.weir.gating.gate.Gate;
import dev.weir.topology.route.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a closed batch.
 *
 * @param outputs everything that leaves the gate for it, in the order in which it is written
 * @param judged what a shadow may look at; empty where the batch could not be decided
 */
public record Decided(List<Output> outputs, Optional<Judged> judged) {
  public Decided {
    outputs = List.copyOf(outputs);
  }

  /** This and one output more. */
  Decided and(Output more) {
    List<Output> all = new ArrayList<>(outputs);
    all.add(more);
    return new Decided(all, judged);
  }

  /** A batch and what the active release decided. */
  record Judged(Batch batch, Gate.Outcome outcome) {}
}
