package dev.weir.gating.gate;

import dev.weir.gating.decision.Promotion;
import dev.weir.gating.policy.PromotionPolicy;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Chooses the flips of a closed batch (gate.md §10). What is missing or was imputed fails its gate.
 * Candidates rank by p_model descending, then id ascending, so that their order in the batch does not
 * matter.
 */
final class PromotionRule {
  private final PromotionPolicy policy;

  PromotionRule(PromotionPolicy policy) {
    this.policy = policy;
  }

  /** A record and its p_model. */
  record Entrant(RawRecord record, double p) {}

  /** The part that each record has, in their order. */
  List<Promotion> promote(List<Entrant> batch) {
    List<List<String>> failedFlagged = batch.stream()
        .map(entrant -> failed("flagged", policy.flagged(), entrant))
        .toList();
    List<List<String>> failedCandidates = batch.stream()
        .map(entrant -> failed("candidates", policy.candidates(), entrant))
        .toList();
    List<Integer> ranked = new ArrayList<>();
    int flagged = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (failedFlagged.get(i).isEmpty()) {
        flagged++;
        if (failedCandidates.get(i).isEmpty()) {
          ranked.add(i);
        }
      }
    }
    ranked.sort(Comparator.comparingDouble((Integer i) -> -batch.get(i).p())
        .thenComparing(i -> batch.get(i).record().id()));
    Promotion.Counts counts =
        new Promotion.Counts(flagged, ranked.size(), policy.flips().count(flagged, ranked.size()));

    int[] places = new int[batch.size()];
    Arrays.fill(places, -1);
    for (int place = 0; place < ranked.size(); place++) {
      places[ranked.get(place)] = place;
    }
    List<Promotion> promotions = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      List<String> failed = new ArrayList<>(failedFlagged.get(i));
      failed.addAll(failedCandidates.get(i));
      int place = places[i];
      promotions.add(new Promotion(
          failedFlagged.get(i).isEmpty(),
          failed.isEmpty(),
          failed,
          place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1),
          place >= 0 && place < counts.flips(),
          policy.flips().prediction(),
          counts));
    }
    return promotions;
  }

  private static List<String> failed(String name, PromotionPolicy.Stage stage, Entrant entrant) {
    List<String> failed = new ArrayList<>();
    if (!(entrant.p() >= stage.probability())) {
      failed.add(name + ".probability");
    }
    for (Map.Entry<String, PromotionPolicy.Bounds> gate : stage.gates().entrySet()) {
      if (!gate.getValue().include(observed(entrant.record(), gate.getKey()))) {
        failed.add(name + "." + gate.getKey());
      }
    }
    return failed;
  }

  /** The number that was observed, NaN where none was. */
  private static double observed(RawRecord record, String name) {
    Domain domain = record.domain();
    int attribute = domain.attributeIndex(name).orElseThrow();
    int field = domain.attributes().get(attribute).field();
    return (record.observed() >>> field & 1) != 0 ? record.number(attribute) : Double.NaN;
  }
}
