package dev.weir.bench;

import dev.weir.model.score.Scorer;
import dev.weir.model.tree.PathAttribution;
import dev.weir.model.tree.TreeEnsemble;

/** Weir's trees, with or without contributions. */
final class WeirTrees implements RowScorer {
  private final TreeEnsemble ensemble;
  private final PathAttribution attribution;
  private final float[] margins;
  private final double[] contributions;

  WeirTrees(TreeEnsemble ensemble, int[] sourceOfFeature, int sources) {
    this.ensemble = ensemble;
    this.attribution = PathAttribution.of(ensemble, sourceOfFeature, sources);
    this.margins = new float[ensemble.memberCount()];
    this.contributions = new double[sources];
  }

  @Override
  public double margin(float[] row) {
    ensemble.margins(row, margins);
    return Scorer.mean(margins);
  }

  /** The margin again, and the contributions beside it. */
  double marginAndContributions(float[] row) {
    attribution.score(row, margins, contributions);
    return Scorer.mean(margins);
  }

  /** Bias and contributions of the last row, which make its margin. */
  double sum() {
    double sum = attribution.bias();
    for (double contribution : contributions) {
      sum += contribution;
    }
    return sum;
  }
}
