package dev.weir.schemas.wire;

import dev.weir.gating.decision.Appraisal;
import dev.weir.gating.decision.BatchHold;
import dev.weir.gating.decision.BatchStamp;
import dev.weir.gating.decision.BlindSample;
import dev.weir.gating.decision.BundleNames;
import dev.weir.gating.decision.CapCause;
import dev.weir.gating.decision.CappedMargin;
import dev.weir.gating.decision.CloseReason;
import dev.weir.gating.decision.ControlStamp;
import dev.weir.gating.decision.Decision;
import dev.weir.gating.decision.DriftFinding;
import dev.weir.gating.decision.Interval;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Position;
import dev.weir.gating.decision.Promotion;
import dev.weir.gating.decision.Readings;
import dev.weir.gating.decision.Reason;
import dev.weir.gating.decision.ReleaseStamp;
import dev.weir.gating.decision.Route;
import dev.weir.gating.decision.SealedBatch;
import dev.weir.gating.decision.Variance;
import dev.weir.model.bundle.Fingerprint;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.feature.Imputation;
import dev.weir.model.flag.FlagReading;
import dev.weir.model.flag.RawTopology;
import dev.weir.model.prior.SlicePrior;
import dev.weir.model.reference.Vocabulary;
import dev.weir.model.score.Score;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Decisions as the gate makes them for a passenger with one missing and one imputed value. */
final class Decisions {
  static final BatchStamp BATCH = new BatchStamp(
      "flight-7",
      41,
      3,
      1,
      2.0 / 3,
      CloseReason.SIZE,
      Decisions.TIME,
      Optional.of(new DriftFinding(2, "zero(Spa)", "Spa", -4.75, 4.25)));
  static final Position SOURCE = new Position("weir.passenger.records", 2, 43);
  static final ReleaseStamp RELEASE = new ReleaseStamp(
      "passenger",
      "baseline-7",
      7,
      Fingerprint.of("policy"),
      Fingerprint.of("bundle"),
      OptionalLong.of(12));
  static final ControlStamp CONTROLS =
      new ControlStamp(OptionalLong.of(3), List.of("CANARY_ADDED:0001_01", "PAUSE"));
  static final long TIME = 1_700_000_000_000L;
  static final Promotion PROMOTED = new Promotion(
      true, true, List.of(), OptionalInt.of(2), true, 23, new Promotion.Counts(9, 4, 3));
  private static final int SOURCES = 18;
  private static final BundleNames NAMES = new BundleNames(
      IntStream.range(0, SOURCES).mapToObj(i -> "source" + i).toList(), vocabulary());

  private Decisions() {}

  private static Vocabulary vocabulary() {
    return new Vocabulary(Passengers.DOMAIN.attributes().stream()
        .map(attribute -> switch (attribute.name()) {
          case "HomePlanet" -> List.of("Earth", "Mars");
          case "Destination" -> List.of("55 Cancri e", "TRAPPIST-1e");
          case "Cabin.deck" -> List.of("B", "F");
          case "Cabin.side" -> List.of("P", "S");
          default -> List.<String>of();
        })
        .toList());
  }

  static SealedBatch sealed(Decision decision) {
    return SealedBatch.of(List.of(decision));
  }

  static Decision accepted() {
    return decision(Optional.empty(), Route.AUTO_ACCEPT, EnumSet.of(Reason.NORMAL));
  }

  static Decision capped() {
    double[] contributions = contributions();
    contributions[4] = 0.6;
    return decision(
        Optional.of(new CappedMargin(-1.5, contributions, EnumSet.of(CapCause.PER_SOURCE))),
        Route.PRIORITY_AUDIT,
        EnumSet.of(Reason.MARGIN_LOW, Reason.GLM_DISAGREES));
  }

  private static Decision decision(
      Optional<CappedMargin> capped, Route route, EnumSet<Reason> reasons) {
    Score score = new Score(
        -1.25,
        -0.31,
        contributions(),
        0.2227,
        0.1931,
        DoubleStream.iterate(0.2, p -> p + 0.01).limit(8).toArray(),
        0.875,
        0.1402,
        0.2227,
        0.3311);
    Judgement judgement = new Judgement(
        new Appraisal(
            capped.isEmpty() ? List.of() : List.of("missing_context", "thin_slice"),
            new Readings(
                capped.isEmpty() ? new double[] {0.2227} : new double[] {0.2227, 0.1824},
                capped,
                capped.isEmpty() ? EnumSet.noneOf(CapCause.class) : capped.get().causes()),
            new Variance(0.31, components(), 0.41),
            new Interval(0.1299, 0.2227, 0.3508),
            0.2209,
            1 - 0.2209 / 0.6),
        false,
        true,
        route,
        reasons,
        false,
        capped.map(margin -> PROMOTED));
    return new Decision(
        BATCH,
        SOURCE,
        TIME,
        evidence(),
        List.of("missing_context", "multi_high_spend"),
        List.of("per_channel_outlier"),
        NAMES,
        score,
        new SlicePrior("Europa|TRAPPIST-1e|B|00000000010000|some", 31, 4, 0.61, 0.5036, 30, 0.56),
        judgement,
        route,
        route == Route.AUTO_ACCEPT ? Optional.of(new BlindSample(0.01)) : Optional.empty(),
        RELEASE,
        CONTROLS);
  }

  private static Map<String, Double> components() {
    Map<String, Double> components = new LinkedHashMap<>();
    components.put("missing_count", 0.06);
    components.put("imputed_count", 0.04);
    return components;
  }

  private static double[] contributions() {
    double[] contributions = new double[SOURCES];
    for (int j = 0; j < SOURCES; j++) {
      contributions[j] = StrictMath.sin(j) / 2;
    }
    contributions[4] = 0.9;
    return contributions;
  }

  static Evidence evidence() {
    RawRecord record = Passengers.record();
    List<Attribute> attributes = Passengers.DOMAIN.attributes();
    String[] methods = new String[attributes.size()];
    Arrays.fill(methods, Imputation.RECEIVED);
    double[] values = new double[attributes.size()];
    fill("Age", Imputation.UPSTREAM, 39, methods, values);
    fill("Spa", Imputation.MEDIAN, 2.5, methods, values);
    fill("HomePlanet", Imputation.MODE, 1, methods, values);
    fill("PassengerId", Imputation.MODE, Double.NaN, methods, values);
    fill("Transported", Imputation.MODE, 1, methods, values);
    return new Evidence(
        record,
        new Imputation(values, methods, values),
        new FlagReading(0b10000, 0),
        new RawTopology(4, 187.5, 0, 109.5, 0.584, 178.5, 1.105, 0.31),
        0b100000000,
        1,
        1,
        0.45);
  }

  private static void fill(
      String attribute, String method, double value, String[] methods, double[] values) {
    int a = Passengers.DOMAIN.attributeIndex(attribute).orElseThrow();
    methods[a] = method;
    values[a] = value;
  }

  static BatchHold hold() {
    Map<String, Integer> slices = new LinkedHashMap<>();
    slices.put("thin_slice", 2);
    slices.put("missing_context", 0);
    return new BatchHold(
        BATCH,
        2,
        "fraction 0.667 >= 0.05",
        slices,
        Map.of(Route.AUTO_ACCEPT, 1, Route.PRIORITY_AUDIT, 1),
        RELEASE);
  }
}
