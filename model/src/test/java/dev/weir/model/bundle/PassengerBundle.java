package dev.weir.model.bundle;

import dev.weir.model.Passengers;
import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.QuantileCalibrator;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.tree.TreeEnsemble;
import dev.weir.model.tree.XgboostJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Bundles of the {@link Passengers} with given trees, and records that reach every part of them. */
final class PassengerBundle {
  /** How many columns the members read. */
  static final int COLUMNS = new Featurizer(
          Passengers.DOMAIN,
          Passengers.DEFINITION.flags(),
          Passengers.DEFINITION.features(),
          Passengers.REFERENCE)
      .size();

  /** How many columns the fallback reads. */
  static final int FALLBACK_COLUMNS = COLUMNS
      + Featurizer.ofFallback(
              Passengers.DOMAIN,
              Passengers.DEFINITION.flags(),
              Passengers.DEFINITION.features(),
              Passengers.REFERENCE)
          .size();

  /** How many columns the quantile model reads. */
  static final int QUANTILE_COLUMNS = COLUMNS + QuantileCalibrator.EXTRAS;

  private PassengerBundle() {}

  static Bundle of(List<byte[]> members, byte[] quantiles, Calibrator calibrator) {
    return new Bundle(parts(members, quantiles, calibrator), Fingerprint.of("passengers"));
  }

  static Bundle.BundleParts parts(List<byte[]> members, byte[] quantiles, Calibrator calibrator) {
    List<Evidence> evidence = records().stream().map(Passengers::evidence).toList();
    boolean[] labels = new boolean[evidence.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3 == 0;
    }
    return new Bundle.BundleParts(
        Passengers.DEFINITION,
        Passengers.REFERENCE,
        Passengers.IMPUTER,
        TreeEnsemble.of(members.stream().map(XgboostJson::read).toList()),
        members,
        calibrator,
        glm(),
        new QuantileCalibrator(
            TreeEnsemble.of(List.of(XgboostJson.read(quantiles))), new double[] {1, 0.5, 2, 1.5}),
        quantiles,
        SlicePriors.learn(Passengers.DEFINITION.prior(), evidence, labels),
        new FlagCounts(List.of(new FlagCounts.Combination(0, 0, 1, labels.length))),
        0.5,
        new TrainingFacts(labels.length, Fingerprint.of("passengers"), 1, Map.of()));
  }

  private static LogisticGlm glm() {
    double[] means = new double[FALLBACK_COLUMNS];
    double[] scales = new double[FALLBACK_COLUMNS];
    double[] coefficients = new double[FALLBACK_COLUMNS];
    Arrays.setAll(means, j -> j % 4 / 3.0);
    Arrays.setAll(scales, j -> 100 + j % 5 * 70);
    Arrays.setAll(coefficients, j -> j < COLUMNS ? (j * 37 % 11 - 5) / 9.0 : 0);
    return new LogisticGlm(means, scales, coefficients, 0.1);
  }

  /** Passengers with every flag, gaps, upstream's marks, unseen categories and extreme amounts. */
  static List<RawRecord> records() {
    return List.of(
        Passengers.record().build(),
        Passengers.record().with("CryoSleep", true).withoutSpending().build(),
        Passengers.record().with("CryoSleep", true).spending(0, 0, 0, 0, 0).build(),
        Passengers.record().spending(0, 980, 0, 999, 1).build(),
        Passengers.record().spending(0, 5e5, 0, 0, 1).build(),
        Passengers.record().missing("HomePlanet", "Cabin", "Age").build(),
        Passengers.record().with("HomePlanet", "Titan").with("Cabin", "Z/1/S").build(),
        Passengers.record()
            .with("HomePlanet", "Europa")
            .missing("Spa", "VRDeck")
            .build(),
        Passengers.record().upstream("HomePlanet", "Europa").withoutSpending().build(),
        Passengers.record()
            .marked("Spa", "CryoSleep")
            .spending(3, 0, 0, 1e-9, 2)
            .build(),
        Passengers.record()
            .missing("HomePlanet", "CryoSleep", "Cabin", "Destination", "Age", "VIP", "GroupSize")
            .withoutSpending()
            .build());
  }
}
