package dev.weir.gating.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.decision.Promotion;
import dev.weir.gating.policy.PromotionPolicy;
import dev.weir.gating.policy.PromotionPolicy.Bounds;
import dev.weir.model.definition.DomainDefinition;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import dev.weir.model.domain.RecordParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promotion in a closed batch (gate.md §10); Age stands for any number of a listing. */
class PromotionRuleTest {
  private static final Domain DOMAIN = DomainDefinition.shipped("passenger").domain();
  private static final double ALL = Double.POSITIVE_INFINITY;

  private static PromotionRule rule(PromotionPolicy.Flips flips) {
    return new PromotionRule(new PromotionPolicy(
        new PromotionPolicy.Stage(0.75, Map.of("Age", new Bounds(18, ALL))),
        new PromotionPolicy.Stage(0.80, Map.of("Spa", new Bounds(-ALL, 100))),
        flips,
        new PromotionPolicy.SlowCaps(3, 0.1, 336)));
  }

  private static PromotionPolicy.Flips flips(double share, int min, int max, double shareMin) {
    return new PromotionPolicy.Flips(share, min, max, shareMin, 23);
  }

  private static PromotionRule.Entrant entrant(String id, double p, Map<String, Object> values) {
    return entrant(id, p, values, List.of());
  }

  private static PromotionRule.Entrant entrant(
      String id, double p, Map<String, Object> values, List<String> imputed) {
    RawRecord record = (RawRecord) new RecordParser(DOMAIN)
        .typed(field -> field.equals("PassengerId") ? id : values.get(field), imputed);
    return new PromotionRule.Entrant(record, p);
  }

  private static PromotionRule.Entrant good(String id, double p) {
    return entrant(id, p, Map.of("Age", 30.0, "Spa", 10.0));
  }

  private static Map<String, Promotion> promote(
      PromotionRule rule, List<PromotionRule.Entrant> batch) {
    List<Promotion> found = rule.promote(batch);
    Map<String, Promotion> byId = new java.util.TreeMap<>();
    for (int i = 0; i < batch.size(); i++) {
      byId.put(batch.get(i).record().id(), found.get(i));
    }
    return byId;
  }

  private static String flipped(Map<String, Promotion> found) {
    return found.entrySet().stream()
        .filter(e -> e.getValue().flip())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" "));
  }

  @Test
  void promote_stages_keepOutWhoFailsThem() {
    Map<String, Promotion> found = promote(
        rule(flips(1, 0, 9, 0)),
        List.of(
            good("0001_01", 0.80),
            good("0002_01", 0.79),
            good("0003_01", 0.74),
            entrant("0004_01", 0.9, Map.of("Age", 17.0, "Spa", 10.0)),
            entrant("0005_01", 0.9, Map.of("Age", 18.0, "Spa", 101.0))));

    assertThat(flipped(found)).isEqualTo("0001_01");
    assertThat(found.get("0002_01").flagged()).isTrue();
    assertThat(found.get("0002_01").failed()).containsExactly("candidates.probability");
    assertThat(found.get("0003_01").flagged()).isFalse();
    assertThat(found.get("0003_01").failed())
        .containsExactly("flagged.probability", "candidates.probability");
    assertThat(found.get("0004_01").failed()).containsExactly("flagged.Age");
    assertThat(found.get("0005_01").failed()).containsExactly("candidates.Spa");
    assertThat(found.get("0001_01").counts()).isEqualTo(new Promotion.Counts(3, 1, 1));
    assertThat(found.get("0001_01").prediction()).isEqualTo(23);
  }

  @Test
  void promote_missingOrImputedValue_failsItsGate() {
    Map<String, Promotion> found = promote(
        rule(flips(1, 0, 9, 0)),
        List.of(
            entrant("0001_01", 0.9, Map.of("Spa", 10.0)),
            entrant("0002_01", 0.9, Map.of("Age", 30.0, "Spa", 10.0), List.of("Age")),
            entrant("0003_01", 0.9, Map.of("Age", 30.0))));

    assertThat(found.get("0001_01").failed()).containsExactly("flagged.Age");
    assertThat(found.get("0002_01").failed()).containsExactly("flagged.Age");
    assertThat(found.get("0003_01").failed()).containsExactly("candidates.Spa");
    assertThat(flipped(found)).isEmpty();
  }

  @Test
  void promote_ranks_byProbabilityThenId() {
    Map<String, Promotion> found = promote(
        rule(flips(0.5, 0, 9, 0)),
        List.of(
            good("0004_01", 0.9),
            good("0001_01", 0.85),
            good("0003_01", 0.9),
            good("0002_01", 0.95)));

    assertThat(found.get("0002_01").rank()).hasValue(1);
    assertThat(found.get("0003_01").rank()).hasValue(2);
    assertThat(found.get("0004_01").rank()).hasValue(3);
    assertThat(found.get("0001_01").rank()).hasValue(4);
    assertThat(flipped(found)).isEqualTo("0002_01 0003_01");
  }

  @ParameterizedTest
  @CsvSource({
    // share, min, max, shareMin, |F|, candidates, K
    "0.20, 0, 99, 0,    10, 10, 2", // the share
    "0.29, 0, 99, 0,    10, 10, 2", // rounded down
    "0.20, 3, 99, 0,    10, 10, 3", // the floor lifts it
    "0.29, 0, 99, 0,   100,100,29", // in decimal, as it is written
    "0.90, 0, 99, 0,    10,  4, 4", // no more than candidates
    "0.90, 0,  3, 0,    10,  9, 3", // no more than the maximum
    "0.20, 3, 99, 0,    10,  2, 0", // below the floor: none
    "0.20, 3, 99, 0,    10,  3, 3", // at the floor
    "0.20, 0, 99, 0.21, 10, 10, 0", // below the least share: none
    "0.20, 0, 99, 0.20, 10, 10, 2", // at the least share
    "1.00, 0, 99, 0,     0,  0, 0", // nobody
  })
  void count_anyBatch_isTheFormulas(
      double share, int min, int max, double shareMin, int flagged, int candidates, int k) {
    assertThat(flips(share, min, max, shareMin).count(flagged, candidates)).isEqualTo(k);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 100, false",
    "4, 100, true",
    "1, 10, false",
    "2, 19, true",
    "2, 20, false",
    "0, 0, false",
    "1, 0, true"
  })
  void slowCaps_moreThanTheSmallerOfBoth_areExceeded(int slow, int flips, boolean exceeded) {
    // min(3, 0.1 flips)
    assertThat(new PromotionPolicy.SlowCaps(3, 0.1, 336).areExceededBy(slow, flips))
        .isEqualTo(exceeded);
  }

  @Property
  void promote_otherOrder_promotesTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<PromotionRule.Entrant> batch = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      batch.add(entrant(
          String.format(Locale.ROOT, "%04d_01", i),
          0.7 + random.nextInt(4) / 10.0,
          Map.of("Age", (double) random.nextInt(60), "Spa", (double) random.nextInt(200))));
    }
    PromotionRule rule =
        rule(flips(random.nextDouble(), random.nextInt(3), 3 + random.nextInt(5), 0.05));
    List<PromotionRule.Entrant> shuffled = new ArrayList<>(batch);
    Collections.shuffle(shuffled, random);

    Map<String, Promotion> found = promote(rule, batch);

    assertThat(promote(rule, shuffled)).isEqualTo(found);
    assertThat(found.values().stream().filter(Promotion::flip).count())
        .isEqualTo(found.values().iterator().next().counts().flips());
    assertThat(found.values()).allSatisfy(one -> {
      assertThat(one.flip() && !one.candidate()).isFalse();
      assertThat(one.candidate() && !one.flagged()).isFalse();
      assertThat(one.rank().isPresent()).isEqualTo(one.candidate());
    });
  }
}
