package dev.weir.gating.gate;

import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.Readings;
import dev.weir.gating.policy.Policy;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.score.Score;
import java.util.Optional;

/**
 * Limits on how far single sources, and the largest together, may move the margin, and the readings that
 * follow from them (gate.md §6).
 *
 * <p>a_j = clip(β_j·contribution_j, ±perSource); S = the sum of the top largest |a_j|; if S exceeds
 * the top-sum limit every a_j is multiplied by limit ÷ S, so that order is kept and ties cannot
 * matter. Margin = margin − Σ (contribution_j − a_j) over the changed j.
 */
final class MarginCaps {
  private final Policy.Caps policy;
  private final boolean[] isChannel;
  private final Calibrator calibrator;

  /** @param isChannel by source, whether β acts on it */
  MarginCaps(Policy.Caps policy, boolean[] isChannel, Calibrator calibrator) {
    this.policy = policy;
    this.isChannel = isChannel.clone();
    this.calibrator = calibrator;
  }

  /**
   * The readings of one score.
   *
   * @param damps whether channels get one more reading, damped by β
   */
  Readings readings(Score score, boolean fragile, boolean damps) {
    if (!policy.scope().includes(fragile) || score.contributions().length == 0) {
      return Readings.uncapped(score.pModel());
    }
    CappedMargin capped = apply(score.margin(), score.contributions(), 1);
    double p = probability(score, capped);
    if (!damps) {
      return new Readings(new double[] {score.pModel(), p}, Optional.of(capped), capped.causes());
    }
    CappedMargin damped = apply(score.margin(), score.contributions(), policy.betaHigh());
    return new Readings(
        new double[] {score.pModel(), p, probability(score, damped)},
        Optional.of(damped),
        CapCause.union(capped.causes(), damped.causes()));
  }

  /* Where nothing was capped, the same bits, whatever rounding does elsewhere. */
  private double probability(Score score, CappedMargin capped) {
    return capped.causes().isEmpty() ? score.pModel() : calibrator.probability(capped.margin());
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
      removed += contributions[j] - capped[j]; // exactly 0 where nothing changed
    }
    return new CappedMargin(margin - removed, capped, CapCause.of(perSource, tooMuch, damps));
  }

  /** The sum of the largest |a_j|, the largest first. */
  private double topSum(double[] capped) {
    double sum = 0;
    int last = -1;
    for (int place = Math.min(policy.top(), capped.length); place > 0; place--) {
      last = next(capped, last);
      sum += Math.abs(capped[last]);
    }
    return sum;
  }

  /* Who follows in the order of sizes, and among equals of positions; after -1 the first. */
  private static int next(double[] capped, int last) {
    double limit = last < 0 ? Double.POSITIVE_INFINITY : Math.abs(capped[last]);
    int next = -1;
    for (int j = 0; j < capped.length; j++) {
      double size = Math.abs(capped[j]);
      boolean follows = size < limit || size == limit && j > last;
      if (follows && (next < 0 || size > Math.abs(capped[next]))) {
        next = j;
      }
    }
    return next;
  }
}
