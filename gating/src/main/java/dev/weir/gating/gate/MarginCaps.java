package dev.weir.gating.gate;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.policy.Policy;

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
    boolean perSource = false;
    boolean damps = false;
    double[] capped = new double[contributions.length];
    for (int j = 0; j < capped.length; j++) {
      double damped = isChannel[j] ? beta * contributions[j] : contributions[j];
      capped[j] = Math.max(-policy.perSourceLogit(), Math.min(policy.perSourceLogit(), damped));
      damps |= damped != contributions[j];
      perSource |= capped[j] != damped;
    }
    double topSum = topSum(capped);
    boolean tooMuch = topSum > policy.topSumLogit();
    if (tooMuch) {
      double scale = policy.topSumLogit() / topSum;
      for (int j = 0; j < capped.length; j++) {
        capped[j] *= scale;
      }
    }
    double removed = 0;
    for (int j = 0; j < capped.length; j++) {
      removed += contributions[j] - capped[j];
    }
    boolean isChanged = perSource || tooMuch || damps;
    return new CappedMargin(
        isChanged ? margin - removed : margin, capped, CapCause.of(perSource, tooMuch, damps));
  }

  /** The sum of the largest |a_j|, the largest first. */
  private double topSum(double[] capped) {
    double[] largest = new double[Math.min(policy.top(), capped.length)];
    for (double value : capped) {
      double size = Math.abs(value);
      for (int place = 0; place < largest.length; place++) {
        if (size > largest[place]) {
          double next = largest[place];
          largest[place] = size;
          size = next;
        }
      }
    }
    double sum = 0;
    for (double size : largest) {
      sum += size;
    }
    return sum;
  }
}
