package dev.weir.gating.decision;

import java.util.Set;

/**
 * A margin after its contributions were capped.
 *
 * @param contributions by source, in manifest order
 * @param causes why any of them changed; empty where none did
 */
public record CappedMargin(double margin, double[] contributions, Set<CapCause> causes) {
  public CappedMargin {
    causes = CapCause.copyOf(causes);
  }
}
