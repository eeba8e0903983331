package dev.weir.gating.policy;

import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.document.Section;
import dev.weir.model.domain.Attribute;
import dev.weir.model.domain.Kind;
import dev.weir.model.flag.Flag;
import dev.weir.model.flag.FlagSet;
import dev.weir.model.reference.DriftTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a policy's keys. A key that is absent takes the source's start value (the hotfix's), the
 * strictest there is; a map that is given replaces the whole map. What names flags, fragile and
 * variance, has no start value for every domain and must be given.
 */
final class PolicyReader {
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  /* The source's start values of promotion: tau, and what a flip predicts, in hours. */
  private static final double FLAGGED_PROBABILITY = 0.75;
  private static final double FLIP_HOURS = 23;

  /* What is given to a slice that no record can be in would silently do nothing. */
  private static final String IN_THE_UNION = "in fragile.union, so no record is in that slice";

  private static final double FALSE_ALARMS = 0.005;
  /* Fewer records look like anything. */
  private static final int DRIFT_RECORDS_MIN = 10;

  private final Section section;
  private final DomainDefinition definition;
  private FlagSet flags;

  PolicyReader(Section section, DomainDefinition definition) {
    this.section = section;
    this.definition = definition;
    this.flags = definition.flags();
  }

  Policy read() {
    int semantics = section.integer("semantics", Policy.SEMANTICS, Policy.SEMANTICS);
    String scope = section.text("scope");
    Policy.Accept accept = map("accept", this::accept, new Policy.Accept(0.80, 0.20, 0.60, 0));
    Policy.Fragile fragile =
        section.section("fragile", this::fragile).orElseGet(PolicyReader::noFragile);
    Policy.ThinSlice thinSlice = map(
        "thinSlice",
        s -> new Policy.ThinSlice(s.integer("recordsMin", 0, Integer.MAX_VALUE)),
        new Policy.ThinSlice(60));
    Policy.Caps caps = map(
        "caps",
        this::caps,
        new Policy.Caps(Policy.Scope.FRAGILE, 0.60, 3, 1.0, 0.45, "multi_high_spend"));
    Policy.Variance variance =
        section.section("variance", this::variance).orElseGet(PolicyReader::noVariance);
    Policy.Hold hold = map(
        "hold",
        this::hold,
        new Policy.Hold(Policy.Hold.Mode.ABSOLUTE, 1, 0.05, 0, OptionalDouble.empty()));
    Policy.Canaries canaries = map("canaries", this::canaries, new Policy.Canaries(true, Set.of()));
    Policy.AuditSample sample = map(
        "auditSample",
        s -> auditSample(s, fragile.union()),
        new Policy.AuditSample(0, Map.of(), ""));
    Optional<PromotionPolicy> promotion = section.has("promotion")
        ? section.section("promotion", s -> promotion(s, accept))
        : Optional.empty();
    return new Policy(
        semantics, scope, flags, accept, fragile, thinSlice, caps, variance, hold, canaries, sample,
        promotion);
  }

  private <T> T map(String key, Function<Section, T> reader, T otherwise) {
    return section.has(key) ? section.section(key, reader).orElse(otherwise) : otherwise;
  }

  private Policy.Accept accept(Section s) {
    double ifTrue = s.number("true", 0, 1);
    double ifFalse = s.number("false", 0, 1);
    if (ifFalse > ifTrue && s.isNumber("true", 0, 1)) {
      s.note("false", "accept.false " + ifFalse + " is above accept.true " + ifTrue);
    }
    return new Policy.Accept(
        ifTrue, ifFalse, s.number("width", 0, 1), s.number("confidence", 0, 1, 0));
  }

  private static Policy.Fragile noFragile() {
    return new Policy.Fragile(List.of(), false, false, 0, Limits.NONE, Map.of());
  }

  private static Policy.Variance noVariance() {
    return new Policy.Variance(Policy.Scope.NONE, Map.of());
  }

  private Policy.Fragile fragile(Section s) {
    if (s.has("extraFlags")) {
      flags = flags.and(s, "extraFlags", definition.domain());
    }
    List<String> union = List.copyOf(new LinkedHashSet<>(s.texts("union")));
    noteStrangers(s, "union", union, "a flag of this domain or policy", slices());
    if (union.size() > Policy.UNION_MAX) {
      s.note("union", union.size() + " slices, limit " + Policy.UNION_MAX);
    }
    boolean unknownCounts = s.oneOf(
            "unknownFlags", List.of("count_as_true", "count_as_false"), "count_as_false")
        .equals("count_as_true");
    boolean always =
        s.oneOf("consensus", List.of("small_batch", "always"), "small_batch").equals("always");
    Limits limits = s.section(
            "limits",
            inner -> new Limits(
                inner.number("glmDifference", 0, 1),
                inner.number("agreement", 0, 1),
                inner.number("width", 0, 1),
                inner.number("confidence", 0, 1)))
        .orElse(Limits.NONE);
    Map<String, Limits> slices =
        s.has("slices") ? s.named("slices", PolicyReader::overrides) : Map.of();
    noteStrangers(s, "slices", slices.keySet(), IN_THE_UNION, union);
    int smallBatch = s.integer("smallBatch", 0, Integer.MAX_VALUE, 10);
    return new Policy.Fragile(union, unknownCounts, always, smallBatch, limits, slices);
  }

  private static Limits overrides(Section s) {
    return new Limits(
        s.number("glmDifference", 0, 1, Limits.NONE.glmDifference()),
        s.number("agreement", 0, 1, Limits.NONE.agreement()),
        s.number("width", 0, 1, Limits.NONE.width()),
        s.number("confidence", 0, 1, Limits.NONE.confidence()));
  }

  private Policy.Caps caps(Section s) {
    Policy.Scope scope = scope(s);
    String betaFlag = s.text("betaFlag", "multi_high_spend");
    // A damped reading that is asked for and that no flag can call would be one check fewer, in
    // silence.
    if (s.has("betaFlag") || s.has("betaHigh") && scope != Policy.Scope.NONE) {
      noteStrangers(
          s, "betaFlag", List.of(betaFlag), "a flag of this domain or policy", flagNames());
    }
    return new Policy.Caps(
        scope,
        s.number("perSourceLogit", 0, UNBOUNDED, 0.60),
        s.integer("top", 1, 64, 3),
        s.number("topSumLogit", 0, UNBOUNDED, 1.0),
        s.number("betaHigh", 0, 1, 0.45),
        betaFlag);
  }

  private Policy.Variance variance(Section s) {
    Map<String, Double> kappa = s.numbers("kappa", 0, 1e6);
    List<String> known = new ArrayList<>(slices());
    known.addAll(List.of(Policy.IMPUTED_COUNT, Policy.MISSING_COUNT));
    noteStrangers(
        s, "kappa", kappa.keySet(), "a flag of this domain or policy, nor a count", known);
    return new Policy.Variance(scope(s), kappa);
  }

  private static Policy.Scope scope(Section s) {
    return Policy.Scope.valueOf(
        s.oneOf("scope", List.of("fragile", "all", "none"), "fragile").toUpperCase(Locale.ROOT));
  }

  private Policy.Hold hold(Section s) {
    boolean excess = s.oneOf("mode", List.of("absolute", "excess")).equals("excess");
    int recordsMin = s.integer("recordsMin", 1, Integer.MAX_VALUE);
    OptionalDouble rate = s.has("referenceRate")
        ? OptionalDouble.of(s.number("referenceRate", 0, 1))
        : OptionalDouble.empty();
    Optional<Policy.Drift> drift =
        s.has("drift") ? s.section("drift", PolicyReader::drift) : Optional.empty();
    return excess
        ? new Policy.Hold(
            Policy.Hold.Mode.EXCESS, recordsMin, 1, s.number("alpha", 0, 1, 1e-4), rate, drift)
        : new Policy.Hold(
            Policy.Hold.Mode.ABSOLUTE,
            recordsMin,
            s.number("fraction", 0, 1, 0.05),
            0,
            rate,
            drift);
  }

  private static Policy.Drift drift(Section s) {
    List<Double> known = DriftTable.FALSE_ALARMS;
    return new Policy.Drift(
        s.number("falseAlarms", known.get(known.size() - 1), known.get(0), FALSE_ALARMS),
        s.integer("recordsMin", DRIFT_RECORDS_MIN, Integer.MAX_VALUE, 25));
  }

  private Policy.Canaries canaries(Section s) {
    return new Policy.Canaries(
        s.truth("block", true), new LinkedHashSet<>(s.texts("ids", List.of())));
  }

  private static Policy.AuditSample auditSample(Section s, List<String> union) {
    double rate = s.number("rate", 0, 1);
    Map<String, Double> slices = s.has("slices") ? s.numbers("slices", 0, 1) : Map.of();
    noteStrangers(s, "slices", slices.keySet(), IN_THE_UNION, union);
    String key = s.textOrNothing("key");
    Policy.AuditSample sample = new Policy.AuditSample(rate, slices, key);
    if (sample.samples() && key.isEmpty()) {
      s.note("key", "a blind sample needs the name of a key");
    }
    return sample;
  }

  private PromotionPolicy promotion(Section s, Policy.Accept accept) {
    PromotionPolicy.Stage nothing = new PromotionPolicy.Stage(1, Map.of());
    PromotionPolicy.Stage flagged =
        s.section("flagged", inner -> stage(inner, FLAGGED_PROBABILITY)).orElse(nothing);
    if (flagged.probability() <= accept.ifFalse()) {
      s.note(
          "flagged",
          "promotion.flagged.probability " + flagged.probability()
              + " must be above accept.false " + accept.ifFalse()
              + ", or what is accepted as false could flip");
    }
    return new PromotionPolicy(
        flagged,
        s.section("candidates", inner -> stage(inner, flagged.probability())).orElse(nothing),
        s.section("flips", PolicyReader::flips)
            .orElse(new PromotionPolicy.Flips(0, 0, 0, 0, FLIP_HOURS)),
        s.section(
                "slow",
                inner -> new PromotionPolicy.SlowCaps(
                    inner.integer("flips", 0, Integer.MAX_VALUE),
                    inner.number("ratio", 0, 1),
                    inner.integer("windowHours", 1, Integer.MAX_VALUE)))
            .orElse(new PromotionPolicy.SlowCaps(0, 0, 1)));
  }

  private PromotionPolicy.Stage stage(Section s, double probability) {
    double least = s.number("probability", 0, 1, probability);
    Map<String, PromotionPolicy.Bounds> gates =
        s.has("gates") ? s.named("gates", PolicyReader::bounds) : Map.of();
    noteStrangers(s, "gates", gates.keySet(), "a number field of this domain", numbers());
    return new PromotionPolicy.Stage(least, gates);
  }

  private static PromotionPolicy.Bounds bounds(Section s) {
    double min = s.number("min", -Double.MAX_VALUE, Double.MAX_VALUE, -UNBOUNDED);
    double max = s.number("max", -Double.MAX_VALUE, Double.MAX_VALUE, UNBOUNDED);
    if (!s.has("min") && !s.has("max")) {
      s.note("a gate needs min, max or both");
    } else if (min > max) {
      s.note("min", "min " + min + " is above max " + max);
    }
    return new PromotionPolicy.Bounds(min, max);
  }

  private static PromotionPolicy.Flips flips(Section s) {
    int min = s.integer("min", 0, Integer.MAX_VALUE, 0);
    int max = s.integer("max", 0, Integer.MAX_VALUE);
    if (min > max && s.isNumber("max", 0, Integer.MAX_VALUE)) {
      s.note("min", "promotion.flips.min " + min + " is above promotion.flips.max " + max);
    }
    return new PromotionPolicy.Flips(
        s.number("share", 0, 1),
        min,
        max,
        s.number("shareMin", 0, 1, 0),
        s.number("prediction", -Double.MAX_VALUE, Double.MAX_VALUE, FLIP_HOURS));
  }

  private List<String> numbers() {
    return definition.domain().attributes().stream()
        .filter(attribute -> attribute.kind() == Kind.NUMBER)
        .map(Attribute::name)
        .toList();
  }

  private List<String> flagNames() {
    return flags.flags().stream().map(Flag::name).toList();
  }

  private List<String> slices() {
    return Stream.concat(flagNames().stream(), Stream.of(Policy.THIN_SLICE)).toList();
  }

  private static void noteStrangers(
      Section s, String key, Collection<String> names, String what, List<String> known) {
    names.stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> s.noteStranger(key, name, what, known));
  }
}
