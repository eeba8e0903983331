package dev.weir.lab.evaluate;

import dev.weir.lab.judge.Coverage;
import dev.weir.lab.judge.Judged;
import dev.weir.lab.slice.SliceAudit;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.metric.WilsonInterval;
import java.util.List;

/**
 * Whether a gate earns its keep, in figures. Shares and errors are in [0, 1].
 *
 * @param judged every row with what a model that did not see it says
 * @param agreement errors by how far the fallback is from the model, then by how many members agree
 */
public record Evaluation(
    Origin origin,
    Judged judged,
    Comparison comparison,
    List<HoldRow> holds,
    List<SliceRow> slices,
    List<AgreementRow> agreement,
    List<Coverage> intervals,
    Corruptions corruptions) {
  /** Points of accuracy that a gate may lie behind plain confidence, at the lower end of the 95 % interval. */
  public static final double BEHIND_MAX = 0.005;

  public Evaluation {
    holds = List.copyOf(holds);
    slices = List.copyOf(slices);
    agreement = List.copyOf(agreement);
    intervals = List.copyOf(intervals);
  }

  /** Whether the gate is worse than plain confidence at equal coverage, beyond the bound of lab.md §9. */
  public boolean isWorse() {
    return comparison.accuracy().lower() < -BEHIND_MAX;
  }

  /**
   * What was judged.
   *
   * @param policy its name
   * @param data the file's name
   * @param rows the fingerprint of the judged rows' sorted ids
   * @param folds how many bundles were trained; 0 where the bundle itself was judged on rows it has not seen
   */
  public record Origin(
      Fingerprint bundle,
      String policy,
      Fingerprint policyFingerprint,
      String data,
      Fingerprint rows,
      int folds,
      int batchSize) {}

  /** A figure with its 95 % interval by bootstrap over groups. */
  public record Estimate(double value, double lower, double upper) {
    static Estimate of(double value, double[] resampled, double tail) {
      return new Estimate(
          value,
          PairedBootstrap.quantile(resampled, tail),
          PairedBootstrap.quantile(resampled, 1 - tail));
    }
  }

  /**
   * The gate beside plain confidence of the same model.
   *
   * @param coverage the share that the record checks accept, holds left aside
   * @param gateError among those
   * @param plainError among as many of the most confident
   * @param accuracy the difference of accepted accuracy, gate less plain
   * @param gateArea AURC where the records of most slack are accepted first
   * @param plainArea AURC where the most confident are
   * @param area the difference of these, gate less plain
   */
  public record Comparison(
      double coverage,
      double gateError,
      double plainError,
      Estimate accuracy,
      double gateArea,
      double plainArea,
      Estimate area,
      List<CurvePoint> curve) {
    public Comparison {
      curve = List.copyOf(curve);
    }
  }

  /** Errors among a share of the rows, by slack and by confidence. */
  public record CurvePoint(double coverage, double gate, double plain) {}

  /**
   * What batches of one size do.
   *
   * @param batching the size, or {@code group}
   * @param coverage the share of records accepted, holds included
   * @param error among the accepted
   * @param plainError among as many of the most confident
   * @param audited the share of records that a person must look at one by one
   * @param heldRecords the share that waits in held batches
   * @param blind the share reviewed blind though accepted
   */
  public record HoldRow(
      String batching,
      int batches,
      int held,
      double coverage,
      double error,
      double plainError,
      double audited,
      double heldRecords,
      double blind) {
    /** The share of clean batches that are held. */
    public double heldShare() {
      return batches == 0 ? 0 : held / (double) batches;
    }
  }

  /**
   * One flag of the policy, or the thin slice.
   *
   * @param isFragile whether it is in the policy's union
   * @param acceptedRows how many of its rows the record checks accept
   * @param acceptedError among those
   * @param cost coverage that its being in the union costs, or would cost
   * @param errorChange of the accepted, where it is in the union less where it is not
   */
  public record SliceRow(
      SliceAudit.Slice audit,
      boolean isFragile,
      int acceptedRows,
      double acceptedError,
      double cost,
      double errorChange) {}

  /**
   * Rows by how much another model agrees.
   *
   * @param model {@code fallback} or {@code members}
   * @param from least difference of probability, or least share that agrees, in the row
   * @param to the most
   * @param expected the error that the model's own probability expects
   */
  public record AgreementRow(
      String model,
      double from,
      double to,
      int rows,
      double error,
      WilsonInterval sampling,
      double expected) {}

  /** Every incident; without any where the suite was left out. */
  public record Corruptions(List<Incident> incidents, List<Summary> summaries) {
    static final Corruptions NONE = new Corruptions(List.of(), List.of());

    public Corruptions {
      incidents = List.copyOf(incidents);
      summaries = List.copyOf(summaries);
    }
  }
}
