package dev.weir.model.feature;

import dev.weir.model.flag.ChannelTopology;

/**
 * One input of the models: how it is computed, and the source that answers for it.
 *
 * @param source what contributions and caps attribute it to
 */
record Column(String name, String source, Formula formula) {
  private static final long MILLIS_PER_HOUR = 3_600_000;
  private static final long MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;

  /** What a column computes; NaN where it has no value. */
  sealed interface Formula
      permits Value,
          LogAmount,
          LogSum,
          Bend,
          OneHot,
          SharedCategory,
          Code,
          HourOfDay,
          DayOfWeek,
          Missing,
          FlagTrue,
          Sum,
          Described,
          Product,
          MappedFormula {
    double of(EvidenceView evidence);
  }

  /** A filled number or truth value. */
  record Value(int attribute) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return evidence.filled(attribute);
    }
  }

  /** ln(1 + v) of a filled amount, winsorized at a cap. */
  record LogAmount(int attribute, double cap) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return StrictMath.log1p(Math.min(evidence.filled(attribute), cap));
    }
  }

  /** ln(1 + v) of a sum of filled amounts. */
  record LogSum(Sum sum) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return StrictMath.log1p(sum.of(evidence));
    }
  }

  /** How far a filled number lies above a cut; 0 below it. */
  record Bend(int attribute, double cut) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return Math.max(0, evidence.filled(attribute) - cut);
    }
  }

  /** 1 where the filled category has this code. */
  record OneHot(int attribute, int code) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return evidence.filled(attribute) == code ? 1 : 0;
    }
  }

  /**
   * 1 where the filled category has no column of its own.
   *
   * @param shared by code, whether it has none
   */
  record SharedCategory(int attribute, boolean[] shared) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      double code = evidence.filled(attribute);
      return !Double.isNaN(code) && shared[(int) code] ? 1 : 0;
    }
  }

  /**
   * The number of the filled category, from 0: a name, not a quantity.
   *
   * @param numbers by code; those that share a column share a number
   */
  record Code(int attribute, int[] numbers) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      double code = evidence.filled(attribute);
      return Double.isNaN(code) ? Double.NaN : numbers[(int) code];
    }
  }

  /** The hour of the day of a filled moment, UTC, in [0, 24). */
  record HourOfDay(int attribute) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      double millis = evidence.filled(attribute);
      return Double.isNaN(millis)
          ? Double.NaN
          : Math.floorMod((long) millis, MILLIS_PER_DAY) / (double) MILLIS_PER_HOUR;
    }
  }

  /** The day of the week of a filled moment, UTC: 1 is Monday, 7 Sunday. */
  record DayOfWeek(int attribute) implements Formula {
    /* 1970-01-01 was a Thursday. */
    private static final int EPOCH_DAY = 3;

    @Override
    public double of(EvidenceView evidence) {
      double millis = evidence.filled(attribute);
      return Double.isNaN(millis)
          ? Double.NaN
          : Math.floorMod(Math.floorDiv((long) millis, MILLIS_PER_DAY) + EPOCH_DAY, 7) + 1;
    }
  }

  /** 1 where the evidence field was absent as received. */
  record Missing(int position) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return evidence.missing() >>> position & 1;
    }
  }

  /** 1 where the flag is true. */
  record FlagTrue(int flag) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return evidence.truths() >>> flag & 1;
    }
  }

  /** The sum of filled amounts, in the given order. */
  record Sum(int[] attributes) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      double sum = 0;
      for (int attribute : attributes) {
        sum += evidence.filled(attribute);
      }
      return sum;
    }
  }

  /** A number of the raw topology or a count. */
  record Described(Description what) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      ChannelTopology topology = evidence.topology();
      return switch (what) {
        case OBSERVED_COUNT -> topology.observedCount();
        case LOG_SUM -> StrictMath.log1p(topology.sum());
        case LOG_TOP -> StrictMath.log1p(topology.topValue());
        case TOP_SHARE -> topology.topShare();
        case LOG_TOP_THREE -> StrictMath.log1p(topology.topThreeSum());
        case ENTROPY -> topology.entropy();
        case SUM_SHARE -> topology.sumShare();
        case MISSING_COUNT -> evidence.missingCount();
        case IMPUTED_COUNT -> evidence.imputedCount();
        case FRAGILITY -> evidence.fragility();
      };
    }
  }

  /** The numbers of §3 that describe a record as a whole. */
  enum Description {
    OBSERVED_COUNT("non_nan_spend_count"),
    LOG_SUM("log_sum_raw_spend"),
    LOG_TOP("log_top1_value_raw"),
    TOP_SHARE("top1_share_raw"),
    LOG_TOP_THREE("log_topk_sum_raw"),
    ENTROPY("channel_entropy_raw"),
    SUM_SHARE("total_spend_pctile"),
    MISSING_COUNT("missing_count"),
    IMPUTED_COUNT("imputed_count"),
    FRAGILITY("fragility_score");

    final String column;

    Description(String column) {
      this.column = column;
    }
  }

  /** The product of two columns. */
  record Product(Formula first, Formula second) implements Formula {
    @Override
    public double of(EvidenceView evidence) {
      return first.of(evidence) * second.of(evidence);
    }
  }
}
