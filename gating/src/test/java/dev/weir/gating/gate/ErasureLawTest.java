package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyBundle;
import dev.weir.gating.TinyGate;
import dev.weir.gating.decision.Judgement;
import dev.weir.gating.decision.Route;
import dev.weir.gating.policy.Policy;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.feature.Evidence;
import dev.weir.model.score.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * The erasure law of {@code baseline} (gate.md §11): to erase a raw value, or to mark it as imputed
 * upstream, never turns audit or hold into accept at the same score.
 */
class ErasureLawTest {
  private static final Bundle BUNDLE = TinyGate.BUNDLE;
  private static final Policy BASELINE = TinyGate.policy("baseline").policy();
  private static final List<String> FIELDS = List.of(
      "HomePlanet",
      "CryoSleep",
      "Cabin",
      "Destination",
      "Age",
      "VIP",
      "RoomService",
      "FoodCourt",
      "ShoppingMall",
      "Spa",
      "VRDeck");

  private static RecordGate gate() {
    return new RecordGate(
        BASELINE,
        BUNDLE.calibrator(),
        BUNDLE.threshold(),
        BUNDLE.sources(),
        Set.of("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck"),
        BUNDLE.definition().thinSlice());
  }

  private static Map<String, @Nullable Object> values(Random random) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("CryoSleep", random.nextBoolean());
    values.put("HomePlanet", random.nextInt(4) == 0 ? "Pluto" : "Earth");
    values.put("Destination", random.nextInt(6) == 0 ? "Nowhere" : "TRAPPIST-1e");
    values.put("Cabin", random.nextInt(6) == 0 ? "Z/9/P" : "F/3/P");
    boolean spends = random.nextBoolean();
    for (String channel : FIELDS.subList(6, FIELDS.size())) {
      int size = random.nextInt(8) == 0 ? 5000 : 300;
      values.put(channel, spends && random.nextInt(3) > 0 ? random.nextInt(size) * 1.0 : 0.0);
      if (random.nextInt(6) == 0) {
        values.put(channel, null);
      }
    }
    return values;
  }

  private static Signals signals(RawRecord record, Score score) {
    Evidence evidence = BUNDLE.evidence(record);
    return new Signals(
        record.id(),
        FlagSignals.of(BASELINE, BUNDLE, evidence, BUNDLE.prior(evidence)),
        evidence.missingCount(),
        evidence.imputedCount(),
        score,
        Optional.empty());
  }

  /* A score near the limits, whatever the record: the law is about the gate. */
  private static Score score(Random random) {
    double logit = (random.nextBoolean() ? 1 : -1) * (1 + random.nextDouble() * 2);
    double spread = random.nextDouble() * 0.8;
    double[] contributions = random.doubles(BUNDLE.sources().size(), -1.5, 1.5).toArray();
    double margin = (logit - 0.05) / 1.1;
    return new Score(
        margin,
        0,
        contributions,
        sigmoid(logit),
        sigmoid(logit + (random.nextDouble() - 0.5) * 1.5),
        new double[0],
        0.5 + random.nextInt(5) / 8.0,
        sigmoid(logit - spread),
        sigmoid(logit),
        sigmoid(logit + spread));
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static int level(Judgement judgement, boolean held) {
    return held ? 2 : judgement.route() == Route.AUTO_ACCEPT ? 0 : 1;
  }

  @Property
  void erase_anyValueOfAnyRecord_acceptsNothingMore(@ForAll long seed) {
    Random random = new Random(seed);
    List<Signals> before = new ArrayList<>();
    List<Signals> after = new ArrayList<>();
    int size = 1 + random.nextInt(14);
    int erased = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      Map<String, @Nullable Object> values = values(random);
      Score score = score(random);
      Signals whole = signals(TinyBundle.passenger("r" + i, values), score);
      before.add(whole);
      after.add(i == erased ? signals(changed("r" + i, values, random), score) : whole);
    }
    BatchGate gate = new BatchGate(gate(), new HoldRule(BASELINE.hold(), 0.2));

    BatchGate.Verdict first = gate.judge(before, 0, Set.of(), Set.of());
    BatchGate.Verdict second = gate.judge(after, 0, Set.of(), Set.of());

    assertThat(second.k()).isGreaterThanOrEqualTo(first.k());
    for (int i = 0; i < size; i++) {
      assertThat(level(second.judgements().get(i), second.held()))
          .isGreaterThanOrEqualTo(level(first.judgements().get(i), first.held()));
    }
  }

  private static RawRecord changed(String id, Map<String, @Nullable Object> values, Random random) {
    String field = FIELDS.get(random.nextInt(FIELDS.size()));
    boolean isKept =
        random.nextBoolean() && (!values.containsKey(field) || values.get(field) != null);
    if (isKept) {
      return TinyBundle.passenger(id, values, field);
    }
    Map<String, @Nullable Object> fewer = new HashMap<>(values);
    fewer.put(field, null);
    return TinyBundle.passenger(id, fewer);
  }
}
