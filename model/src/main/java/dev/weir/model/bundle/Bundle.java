package dev.weir.model.bundle;

import dev.weir.model.calibration.Calibrator;
import dev.weir.model.calibration.Intervals;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.EvidenceReader;
import dev.weir.model.feature.Featurizer;
import dev.weir.model.feature.Imputer;
import dev.weir.model.glm.LogisticGlm;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.prior.SlicePriors;
import dev.weir.model.reference.Reference;
import dev.weir.model.score.MainModel;
import dev.weir.model.score.Score;
import dev.weir.model.score.Scorer;
import dev.weir.model.tree.TreeEnsemble;
import java.util.List;

/**
 * Everything learned, assembled: from a raw record to its evidence, prior and score. Whoever scores
 * many records keeps a {@link #sheet} and {@link #read}s one record after the other into it.
 */
public final class Bundle {
  private final BundleParts parts;
  private final Fingerprint fingerprint;
  private final EvidenceReader evidence;
  private final Featurizer featurizer;
  private final Scorer scorer;

  Bundle(BundleParts parts, Fingerprint fingerprint) {
    DomainDefinition definition = parts.definition();
    this.parts = parts;
    this.fingerprint = fingerprint;
    this.evidence = new EvidenceReader(
        definition.domain(),
        definition.flags(),
        definition.fragilityWeights(),
        parts.imputer(),
        parts.reference());
    this.featurizer = featurizer(definition, parts.reference());
    this.scorer = new Scorer(
        definition.domain(),
        featurizer,
        Featurizer.ofFallback(
            definition.domain(), definition.flags(), definition.features(), parts.reference()),
        parts.model(),
        parts.calibrator(),
        parts.glm(),
        parts.intervals(),
        parts.threshold(),
        definition.fragile());
  }

  private static Featurizer featurizer(DomainDefinition definition, Reference reference) {
    return new Featurizer(
        definition.domain(), definition.flags(), definition.features(), reference);
  }

  /** The parts a bundle is made of; {@link BundleDirectory} writes and reads them. */
  public record BundleParts(
      DomainDefinition definition,
      Reference reference,
      Imputer imputer,
      MainModel model,
      Calibrator calibrator,
      LogisticGlm glm,
      Intervals intervals,
      byte[] intervalsFile,
      SlicePriors priors,
      FlagCounts flagCounts,
      double threshold,
      TrainingFacts training) {
    /** The parts around trees that Weir trained. */
    public BundleParts(
        DomainDefinition definition,
        Reference reference,
        Imputer imputer,
        TreeEnsemble ensemble,
        List<byte[]> memberFiles,
        Calibrator calibrator,
        LogisticGlm glm,
        Intervals intervals,
        byte[] intervalsFile,
        SlicePriors priors,
        FlagCounts flagCounts,
        double threshold,
        TrainingFacts training) {
      this(
          definition,
          reference,
          imputer,
          new MainModel.Native(ensemble, memberFiles),
          calibrator,
          glm,
          intervals,
          intervalsFile,
          priors,
          flagCounts,
          threshold,
          training);
    }
  }

  /** A sheet for this bundle's answers, with none filled in. */
  public RecordSheet sheet() {
    return new RecordSheet(evidence.sheet(), parts.priors().of(evidence.sheet()), scorer.sheet());
  }

  /** Fills in all that this bundle says of one record of its domain; allocates nothing. */
  public void read(RawRecord record, RecordSheet sheet) {
    evidence.read(record, sheet.evidence);
    sheet.prior = parts.priors().of(sheet.evidence, sheet.spelled);
    scorer.score(sheet.evidence, sheet.prior, sheet.score);
  }

  public Evidence evidence(RawRecord record) {
    return evidence.read(record);
  }

  public SlicePrior prior(Evidence of) {
    return parts.priors().of(of);
  }

  public Score score(Evidence of, SlicePrior prior) {
    return scorer.score(of, prior);
  }

  /** Exact Shapley values of the margin by source; see {@link Scorer#shapley}. */
  public double[] shapley(Evidence of) {
    return scorer.shapley(of);
  }

  /** SHA-256 of the manifest, which names every file with its SHA-256. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  public DomainDefinition definition() {
    return parts.definition();
  }

  public Reference reference() {
    return parts.reference();
  }

  /**
   * The manifest of sources, in the order in which contributions are reported; empty where the model
   * tells none.
   */
  public List<String> sources() {
    return scorer.sources();
  }

  /** The domain's columns, which trees and intervals read; the fallback may have more. */
  public Featurizer columns() {
    return featurizer;
  }

  public Calibrator calibrator() {
    return parts.calibrator();
  }

  /** A probability of at least this predicts true. */
  public double threshold() {
    return parts.threshold();
  }

  public FlagCounts flagCounts() {
    return parts.flagCounts();
  }

  /** Everything in it, for the tools that show it. */
  public BundleParts parts() {
    return parts;
  }
}
