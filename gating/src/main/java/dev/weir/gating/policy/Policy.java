package dev.weir.gating.policy;

import dev.weir.model.flag.FlagSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * One policy, read and checked; gate.md §6–§10 and §15 give every parameter its meaning.
 *
 * @param flags the domain's flags followed by the policy's own
 * @param promotion empty where nothing is promoted
 */
public record Policy(
    int semantics,
    String scope,
    FlagSet flags,
    Accept accept,
    Fragile fragile,
    ThinSlice thinSlice,
    Caps caps,
    Variance variance,
    Hold hold,
    Canaries canaries,
    AuditSample auditSample,
    Optional<PromotionPolicy> promotion) {
  /** The meaning of decisions that this engine implements. */
  public static final int SEMANTICS = 1;

  /** The most slices of a union. */
  public static final int UNION_MAX = Long.SIZE;

  /** The slice of records in thin clusters; a name in the union like any flag's. */
  public static final String THIN_SLICE = "thin_slice";

  /** The count of evidence fields absent as received; a κ may be given to it. */
  public static final String MISSING_COUNT = "missing_count";

  /** The count of evidence fields imputed upstream; a κ may be given to it. */
  public static final String IMPUTED_COUNT = "imputed_count";

  /** Rule 4: what every record must meet. */
  public record Accept(double ifTrue, double ifFalse, double width, double confidence) {}

  /** Who is fragile, and rule 5: what the fragile must meet in addition. */
  public record Fragile(
      List<String> union,
      boolean unknownCounts,
      boolean consensusAlways,
      int smallBatch,
      Limits limits,
      Map<String, Limits> slices) {
    public Fragile {
      union = List.copyOf(union);
      slices = Map.copyOf(slices);
    }

    /** The strictest of the limits and of the overrides of every slice a record is in. */
    public Limits limitsIn(List<String> in) {
      if (slices.isEmpty()) {
        return limits;
      }
      Limits strictest = limits;
      for (String slice : in) {
        Limits override = slices.get(slice);
        strictest = override == null ? strictest : strictest.strictest(override);
      }
      return strictest;
    }
  }

  /** A slice is thin below this many training records of the finest prior key. */
  public record ThinSlice(int recordsMin) {}

  /** To whom a mechanism applies. */
  public enum Scope {
    NONE,
    FRAGILE,
    ALL;

    /** Whether it applies to a record. */
    public boolean includes(boolean fragile) {
      return this == ALL || this == FRAGILE && fragile;
    }
  }

  /**
   * How far single sources may move the margin.
   *
   * @param betaFlag the flag whose records get a second, damped reading
   */
  public record Caps(
      Scope scope,
      double perSourceLogit,
      int top,
      double topSumLogit,
      double betaHigh,
      String betaFlag) {}

  /**
   * What widens the interval.
   *
   * @param kappa by flag or count, in the order of names, so that sums do not depend on the order
   *     in which a file gives them; in logit², per flag or per field
   */
  public record Variance(Scope scope, Map<String, Double> kappa) {
    public Variance {
      kappa = Collections.unmodifiableMap(new TreeMap<>(kappa));
    }
  }

  /** When a whole batch is held: by its fragile share, or where that is given, by its drift too. */
  public record Hold(
      Mode mode,
      int recordsMin,
      double fraction,
      double alpha,
      OptionalDouble referenceRate,
      Optional<Drift> drift) {
    /** One that looks at the fragile share alone. */
    public Hold(
        Mode mode, int recordsMin, double fraction, double alpha, OptionalDouble referenceRate) {
      this(mode, recordsMin, fraction, alpha, referenceRate, Optional.empty());
    }

    /** How the fragile share is judged. */
    public enum Mode {
      /** Held at a fixed share. */
      ABSOLUTE,
      /** Held where the share is improbable against the reference rows' rate. */
      EXCESS
    }
  }

  /**
   * When a batch is too far from the bundle's training rows.
   *
   * @param falseAlarms the share of ordinary batches that may be held, within {@link
   *     dev.weir.model.reference.DriftTable#FALSE_ALARMS}
   * @param recordsMin the smallest batch that is compared
   */
  public record Drift(double falseAlarms, int recordsMin) {}

  /** Records that must never be accepted. */
  public record Canaries(boolean block, Set<String> ids) {
    public Canaries {
      ids = Set.copyOf(ids);
    }
  }

  /** The share of accepted records that a person reviews blind. */
  public record AuditSample(double rate, Map<String, Double> slices, String key) {
    public AuditSample {
      slices = Map.copyOf(slices);
    }

    /** Whether anything is reviewed. */
    public boolean samples() {
      return rate > 0 || slices.values().stream().anyMatch(slice -> slice > 0);
    }
  }
}
