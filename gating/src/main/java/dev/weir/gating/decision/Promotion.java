package dev.weir.gating.decision;

import java.util.List;
import java.util.OptionalInt;

/**
 * A record's part in the promotion of its batch (gate.md §10).
 *
 * @param flagged whether it is in F
 * @param candidate whether it may be promoted
 * @param failed the gates that kept it out, each {@code flagged.FIELD} or {@code candidates.FIELD},
 *     and {@code .probability}
 * @param rank among the candidates, from 1; empty for others
 * @param flip whether it is one of the first K
 * @param prediction what a flip predicts, in the label's unit
 * @param counts of its batch
 */
public record Promotion(
    boolean flagged,
    boolean candidate,
    List<String> failed,
    OptionalInt rank,
    boolean flip,
    double prediction,
    Counts counts) {
  public Promotion {
    failed = List.copyOf(failed);
  }

  /**
   * How many of the batch are what.
   *
   * @param flips K, or 0 where K was below its floors
   */
  public record Counts(int flagged, int candidates, int flips) {}
}
