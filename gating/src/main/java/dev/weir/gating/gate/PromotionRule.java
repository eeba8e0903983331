package dev.weir.gating.gate;

import dev.weir.gating.decision.Promotion;
import dev.weir.gating.policy.PromotionPolicy;
import dev.weir.model.domain.Domain;
import dev.weir.model.domain.RawRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /** The gates of both stages that a record fails. */
  private record Screened(Entrant entrant, List<String> flagged, List<String> candidates) {
    boolean isFlagged() {
      return flagged.isEmpty();
    }

    boolean isCandidate() {
      return flagged.isEmpty() && candidates.isEmpty();
    }

    List<String> failed() {
      return Stream.concat(flagged.stream(), candidates.stream()).toList();
    }
  }

  /** The part that each record has, in their order. */
  List<Promotion> promote(List<Entrant> batch) {
    List<Screened> screened = batch.stream().map(this::screen).toList();
    List<Integer> ranked = ranked(screened);
    int flagged = (int) screened.stream().filter(Screened::isFlagged).count();
    Promotion.Counts counts =
        new Promotion.Counts(flagged, ranked.size(), policy.flips().count(flagged, ranked.size()));
    int[] ranks = new int[batch.size()];
    for (int place = 0; place < ranked.size(); place++) {
      ranks[ranked.get(place)] = place + 1;
    }
    return IntStream.range(0, batch.size())
        .mapToObj(i -> promotion(screened.get(i), ranks[i], counts))
        .toList();
  }

  private Screened screen(Entrant entrant) {
    return new Screened(
        entrant,
        failed("flagged", policy.flagged(), entrant),
        failed("candidates", policy.candidates(), entrant));
  }

  /* Where the candidates stand in the batch, the first of them first. */
  private static List<Integer> ranked(List<Screened> screened) {
    return IntStream.range(0, screened.size())
        .filter(i -> screened.get(i).isCandidate())
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -screened.get(i).entrant().p())
                .thenComparing(i -> screened.get(i).entrant().record().id()))
        .toList();
  }

  /** @param rank among the candidates, from 1; 0 for others */
  private Promotion promotion(Screened screened, int rank, Promotion.Counts counts) {
    return new Promotion(
        screened.isFlagged(),
        screened.isCandidate(),
        screened.failed(),
        rank == 0 ? OptionalInt.empty() : OptionalInt.of(rank),
        rank > 0 && rank <= counts.flips(),
        policy.flips().prediction(),
        counts);
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
