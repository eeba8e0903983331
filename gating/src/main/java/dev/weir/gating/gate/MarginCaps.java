package dev.weir.gating.gate;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.policy.Policy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Limits on how far single sources, and the largest together, may move the margin (gate.md §6).
 *
 * <p>a_j = clip(β_j·contribution_j, ±perSource); S = the sum of the top largest |a_j|; if S exceeds
 * the top-sum limit every a_j is multiplied by limit ÷ S, so that order is kept and ties cannot
 * matter. Margin = margin − Σ (contribution_j − a_j) over the changed j.
 */
final class MarginCaps {
  private final Policy.Caps policy;
  private final boolean[] isChannel;

  /** @param isChannel by source, whether β acts on it */
  MarginCaps(Policy.Caps policy, boolean[] isChannel) {
    this.policy = policy;
    this.isChannel = isChannel.clone();
  }

  /** The margin with every contribution capped, channels damped by β first. */
  CappedMargin apply(double margin, double[] contributions, double beta) {
    Set<CapCause> causes = EnumSet.noneOf(CapCause.class);
    double[] capped = new double[contributions.length];
    for (int j = 0; j < capped.length; j++) {
      double damped = isChannel[j] ? beta * contributions[j] : contributions[j];
      capped[j] = Math.max(-policy.perSourceLogit(), Math.min(policy.perSourceLogit(), damped));
      if (damped != contributions[j]) {
        causes.add(CapCause.BETA);
      }
      if (capped[j] != damped) {
        causes.add(CapCause.PER_SOURCE);
      }
    }
    double topSum = topSum(capped);
    if (topSum > policy.topSumLogit()) {
      causes.add(CapCause.TOP_SUM);
      double scale = policy.topSumLogit() / topSum;
      for (int j = 0; j < capped.length; j++) {
        capped[j] *= scale;
      }
    }
    double removed = 0;
    for (int j = 0; j < capped.length; j++) {
      if (capped[j] != contributions[j]) {
        removed += contributions[j] - capped[j];
      }
    }
    return new CappedMargin(causes.isEmpty() ? margin : margin - removed, capped, causes);
  }

  private double topSum(double[] capped) {
    double[] sizes = new double[capped.length];
    for (int j = 0; j < sizes.length; j++) {
      sizes[j] = Math.abs(capped[j]);
    }
    Arrays.sort(sizes);
    double sum = 0;
    for (int j = sizes.length - 1; j >= Math.max(0, sizes.length - policy.top()); j--) {
      sum += sizes[j];
    }
    return sum;
  }
}
