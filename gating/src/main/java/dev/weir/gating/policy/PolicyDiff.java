package dev.weir.gating.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.gating.policy.PolicyChange.Effect;
import dev.weir.model.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What changes from one policy to another, value by value, and which way each change moves records.
 *
 * <p>The directions are those of the monotone law (gate.md §11), which holds at a fixed ordinary
 * share of fragile records. Where the share follows from the union and the bundle, a larger union
 * raises what is ordinary too, and a change of it may go either way.
 */
public final class PolicyDiff {
  private static final String NONE = "(none)";

  private final Policy before;
  private final Policy after;
  private final List<PolicyChange> changes = new ArrayList<>();

  private PolicyDiff(Policy before, Policy after) {
    this.before = before;
    this.after = after;
  }

  /** The changes, in the order of the file's sections; empty where both say the same. */
  public static List<PolicyChange> between(PolicyFile before, PolicyFile after) {
    List<PolicyChange> changes = new ArrayList<>(between(before.policy(), after.policy()));
    changes.addAll(ownFlags(
        before.json().path("fragile").path("extraFlags"),
        after.json().path("fragile").path("extraFlags")));
    return changes;
  }

  /** The changes without those of the policies' own flags. */
  public static List<PolicyChange> between(Policy before, Policy after) {
    PolicyDiff diff = new PolicyDiff(before, after);
    diff.scope();
    diff.accept();
    diff.fragile();
    diff.thinSlice();
    diff.caps();
    diff.variance();
    diff.hold();
    diff.canaries();
    diff.auditSample();
    diff.promotion();
    return List.copyOf(diff.changes);
  }

  private static List<PolicyChange> ownFlags(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    List<PolicyChange> changes = new ArrayList<>();
    for (String name : names) {
      String was = before.has(name) ? CanonicalJson.of(before.get(name)) : NONE;
      String is = after.has(name) ? CanonicalJson.of(after.get(name)) : NONE;
      if (!was.equals(is)) {
        // A flag that comes or goes moves nothing by itself; what uses it is listed on its own.
        boolean isRedefined = before.has(name) && after.has(name);
        changes.add(new PolicyChange(
            "fragile.extraFlags." + name, was, is, isRedefined ? Effect.EITHER : Effect.NEITHER));
      }
    }
    return changes;
  }

  private void scope() {
    either("scope", before.scope(), after.scope());
  }

  private void accept() {
    rising("accept.true", before.accept().ifTrue(), after.accept().ifTrue());
    falling("accept.false", before.accept().ifFalse(), after.accept().ifFalse());
    falling("accept.width", before.accept().width(), after.accept().width());
    rising("accept.confidence", before.accept().confidence(), after.accept().confidence());
  }

  private void fragile() {
    Policy.Fragile b = before.fragile();
    Policy.Fragile a = after.fragile();
    members("fragile.union", b.union(), a.union(), whoIsFragile(Effect.TIGHTENS));
    toggled(
        "fragile.unknownFlags",
        b.unknownCounts(),
        a.unknownCounts(),
        "count_as_true",
        "count_as_false",
        whoIsFragile(Effect.TIGHTENS));
    toggled(
        "fragile.consensus",
        b.consensusAlways(),
        a.consensusAlways(),
        "always",
        "small_batch",
        Effect.TIGHTENS);
    rising("fragile.smallBatch", b.smallBatch(), a.smallBatch());
    limits("fragile.limits", b.limits(), a.limits());
    for (String slice : names(b.slices(), a.slices())) {
      limits(
          "fragile.slices." + slice,
          b.slices().getOrDefault(slice, Limits.NONE),
          a.slices().getOrDefault(slice, Limits.NONE));
    }
  }

  /* A larger union, at a share that is computed from it. */
  private Effect whoIsFragile(Effect atFixedShare) {
    return hasFixedShare(before.hold()) && hasFixedShare(after.hold())
        ? atFixedShare
        : Effect.EITHER;
  }

  private static boolean hasFixedShare(Policy.Hold hold) {
    return hold.mode() == Policy.Hold.Mode.ABSOLUTE || hold.referenceRate().isPresent();
  }

  private void limits(String key, Limits b, Limits a) {
    falling(key + ".glmDifference", b.glmDifference(), a.glmDifference());
    rising(key + ".agreement", b.agreement(), a.agreement());
    falling(key + ".width", b.width(), a.width());
    rising(key + ".confidence", b.confidence(), a.confidence());
  }

  private void thinSlice() {
    moved(
        "thinSlice.recordsMin",
        before.thinSlice().recordsMin(),
        after.thinSlice().recordsMin(),
        whoIsFragile(Effect.TIGHTENS));
  }

  private void caps() {
    Policy.Caps b = before.caps();
    Policy.Caps a = after.caps();
    moved("caps.scope", b.scope(), a.scope(), Effect.TIGHTENS);
    // Another cap moves a reading, toward either class; only one more reading is always stricter.
    either("caps.perSourceLogit", b.perSourceLogit(), a.perSourceLogit());
    either("caps.top", b.top(), a.top());
    either("caps.topSumLogit", b.topSumLogit(), a.topSumLogit());
    either("caps.betaHigh", b.betaHigh(), a.betaHigh());
    either("caps.betaFlag", b.betaFlag(), a.betaFlag());
  }

  private void variance() {
    moved("variance.scope", before.variance().scope(), after.variance().scope(), Effect.TIGHTENS);
    rates("variance.kappa", before.variance().kappa(), after.variance().kappa(), Effect.TIGHTENS);
  }

  private void hold() {
    Policy.Hold b = before.hold();
    Policy.Hold a = after.hold();
    either("hold.mode", b.mode(), a.mode());
    falling("hold.recordsMin", b.recordsMin(), a.recordsMin());
    if (b.mode() == a.mode()) {
      falling("hold.fraction", b.fraction(), a.fraction());
      rising("hold.alpha", b.alpha(), a.alpha());
    }
    referenceRate(b, a);
    drift(b.drift(), a.drift());
  }

  private void referenceRate(Policy.Hold b, Policy.Hold a) {
    String key = "hold.referenceRate";
    boolean isRead = b.mode() == Policy.Hold.Mode.EXCESS || a.mode() == Policy.Hold.Mode.EXCESS;
    if (isRead && b.referenceRate().isPresent() && a.referenceRate().isPresent()) {
      falling(key, b.referenceRate().getAsDouble(), a.referenceRate().getAsDouble());
    } else {
      differing(
          key,
          boxed(b.referenceRate()),
          boxed(a.referenceRate()),
          isRead ? Effect.EITHER : Effect.NEITHER);
    }
  }

  private static Optional<Double> boxed(OptionalDouble rate) {
    return rate.isPresent() ? Optional.of(rate.getAsDouble()) : Optional.empty();
  }

  private void drift(Optional<Policy.Drift> b, Optional<Policy.Drift> a) {
    if (b.isPresent() && a.isPresent()) {
      rising("hold.drift.falseAlarms", b.get().falseAlarms(), a.get().falseAlarms());
      falling("hold.drift.recordsMin", b.get().recordsMin(), a.get().recordsMin());
    } else if (!b.equals(a)) {
      changes.add(new PolicyChange(
          "hold.drift",
          b.map(PolicyDiff::text).orElse(NONE),
          a.map(PolicyDiff::text).orElse(NONE),
          a.isPresent() ? Effect.TIGHTENS : Effect.LOOSENS));
    }
  }

  private static String text(PromotionPolicy.Bounds bounds) {
    if (Double.isInfinite(bounds.min())) {
      return "at most " + CanonicalJson.number(bounds.max());
    }
    return Double.isInfinite(bounds.max())
        ? "at least " + CanonicalJson.number(bounds.min())
        : CanonicalJson.number(bounds.min()) + " to " + CanonicalJson.number(bounds.max());
  }

  private static String text(Policy.Drift drift) {
    return CanonicalJson.number(drift.falseAlarms()) + " from " + drift.recordsMin() + " records";
  }

  private void canaries() {
    toggled(
        "canaries.block",
        before.canaries().block(),
        after.canaries().block(),
        "true",
        "false",
        Effect.TIGHTENS);
    boolean blocks = before.canaries().block() || after.canaries().block();
    members(
        "canaries.ids",
        before.canaries().ids(),
        after.canaries().ids(),
        blocks ? Effect.TIGHTENS : Effect.NEITHER);
  }

  private void auditSample() {
    moved(
        "auditSample.rate",
        before.auditSample().rate(),
        after.auditSample().rate(),
        Effect.NEITHER);
    rates(
        "auditSample.slices",
        before.auditSample().slices(),
        after.auditSample().slices(),
        Effect.NEITHER);
    differing(
        "auditSample.key", before.auditSample().key(), after.auditSample().key(), Effect.NEITHER);
  }

  private void promotion() {
    Optional<PromotionPolicy> b = before.promotion();
    Optional<PromotionPolicy> a = after.promotion();
    if (b.isEmpty() || a.isEmpty()) {
      // Whoever is promoted meets one check more, an open breaker.
      toggled("promotion", b.isPresent(), a.isPresent(), "given", NONE, Effect.TIGHTENS);
      return;
    }
    stage("promotion.flagged", b.get().flagged(), a.get().flagged());
    stage("promotion.candidates", b.get().candidates(), a.get().candidates());
    flips(b.get().flips(), a.get().flips());
    slow(b.get().slow(), a.get().slow());
  }

  /* Who flips decides who else does, and only a flip meets the breaker. */
  private void stage(String key, PromotionPolicy.Stage b, PromotionPolicy.Stage a) {
    either(key + ".probability", b.probability(), a.probability());
    for (String field : names(b.gates(), a.gates())) {
      either(
          key + ".gates." + field,
          Optional.ofNullable(b.gates().get(field)),
          Optional.ofNullable(a.gates().get(field)));
    }
  }

  private void flips(PromotionPolicy.Flips b, PromotionPolicy.Flips a) {
    either("promotion.flips.share", b.share(), a.share());
    either("promotion.flips.min", b.min(), a.min());
    either("promotion.flips.max", b.max(), a.max());
    either("promotion.flips.shareMin", b.shareMin(), a.shareMin());
    moved("promotion.flips.prediction", b.prediction(), a.prediction(), Effect.NEITHER);
  }

  private void slow(PromotionPolicy.SlowCaps b, PromotionPolicy.SlowCaps a) {
    either("promotion.slow.flips", b.flips(), a.flips());
    either("promotion.slow.ratio", b.ratio(), a.ratio());
    either("promotion.slow.windowHours", b.windowHours(), a.windowHours());
  }

  private static Set<String> names(Map<String, ?> before, Map<String, ?> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    return names;
  }

  private void rates(String key, Map<String, Double> b, Map<String, Double> a, Effect ifRising) {
    for (String name : names(b, a)) {
      moved(key + "." + name, b.getOrDefault(name, 0.0), a.getOrDefault(name, 0.0), ifRising);
    }
  }

  private void members(String key, Collection<String> b, Collection<String> a, Effect ifAdded) {
    for (String name : new TreeSet<>(a)) {
      if (!b.contains(name)) {
        changes.add(new PolicyChange(key, NONE, name, ifAdded));
      }
    }
    for (String name : new TreeSet<>(b)) {
      if (!a.contains(name)) {
        changes.add(new PolicyChange(key, name, NONE, opposite(ifAdded)));
      }
    }
  }

  private void toggled(
      String key, boolean b, boolean a, String ifTrue, String ifFalse, Effect ifTurnedOn) {
    if (b != a) {
      changes.add(new PolicyChange(
          key, b ? ifTrue : ifFalse, a ? ifTrue : ifFalse, a ? ifTurnedOn : opposite(ifTurnedOn)));
    }
  }

  private void rising(String key, double b, double a) {
    moved(key, b, a, Effect.TIGHTENS);
  }

  private void falling(String key, double b, double a) {
    moved(key, b, a, Effect.LOOSENS);
  }

  private <T extends Comparable<T>> void moved(String key, T b, T a, Effect ifRising) {
    int sign = a.compareTo(b);
    if (sign != 0) {
      changes.add(
          new PolicyChange(key, text(b), text(a), sign > 0 ? ifRising : opposite(ifRising)));
    }
  }

  private void either(String key, Object b, Object a) {
    differing(key, b, a, Effect.EITHER);
  }

  private void differing(String key, Object b, Object a, Effect effect) {
    if (!b.equals(a)) {
      changes.add(new PolicyChange(key, text(b), text(a), effect));
    }
  }

  private static Effect opposite(Effect effect) {
    return switch (effect) {
      case TIGHTENS -> Effect.LOOSENS;
      case LOOSENS -> Effect.TIGHTENS;
      case NEITHER, EITHER -> effect;
    };
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(PolicyDiff::text).orElse(NONE);
    }
    if (value instanceof Double number) {
      return CanonicalJson.number(number);
    }
    if (value instanceof PromotionPolicy.Bounds bounds) {
      return text(bounds);
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT)
        : value.toString();
  }
}
