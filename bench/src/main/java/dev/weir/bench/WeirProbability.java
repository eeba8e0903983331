package dev.weir.bench;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.EvidenceReader;
import dev.weir.model.feature.EvidenceSheet;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;

/** A bundle's calibrated probability of a record, and nothing else that a decision needs. */
final class WeirProbability {
  private final EvidenceReader reader;
  private final EvidenceSheet evidence;
  private final Featurizer featurizer;
  private final TreeEnsemble ensemble;
  private final Calibrator calibrator;
  private final double[] row;
  private final float[] inputs;
  private final float[] margins;

  WeirProbability(Bundle bundle) {
    DomainDefinition definition = bundle.definition();
    reader = new EvidenceReader(
        definition.domain(),
        definition.flags(),
        definition.fragilityWeights(),
        bundle.parts().imputer(),
        bundle.reference());
    evidence = reader.sheet();
    featurizer = bundle.columns();
    ensemble = Workload.trees(bundle).ensemble();
    calibrator = bundle.calibrator();
    row = new double[featurizer.size()];
    inputs = new float[row.length];
    margins = new float[ensemble.memberCount()];
  }

  double of(RawRecord record) {
    reader.read(record, evidence);
    featurizer.fill(evidence, row);
    for (int column = 0; column < row.length; column++) {
      inputs[column] = (float) row[column];
    }
    ensemble.margins(inputs, margins);
    return calibrator.probability(Scorer.mean(margins));
  }
}
