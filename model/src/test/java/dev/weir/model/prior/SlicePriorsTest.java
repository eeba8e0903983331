package dev.weir.model.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.Passengers;
import dev.weir.model.feature.Evidence;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Slice priors (gate.md §5): the finest key with records, shrunk toward the overall rate. */
class SlicePriorsTest {
  private static final PriorPlan PLAN = Passengers.DEFINITION.prior();

  private static Evidence earth(String deck) {
    return Passengers.evidence(Passengers.record()
        .with("HomePlanet", "Earth")
        .with("Destination", "TRAPPIST-1e")
        .with("Cabin", deck + "/1/S")
        .build());
  }

  private static SlicePriors learn(int trues, int falses, Evidence evidence) {
    List<Evidence> rows = new ArrayList<>();
    boolean[] labels = new boolean[trues + falses];
    for (int i = 0; i < labels.length; i++) {
      rows.add(evidence);
      labels[i] = i < trues;
    }
    return SlicePriors.learn(PLAN, rows, labels);
  }

  @Test
  void of_knownFinestKey_countsItsRecords() {
    SlicePrior prior = learn(9, 1, earth("F")).of(earth("F"));

    assertThat(prior.n()).isEqualTo(10);
    assertThat(prior.finestN()).isEqualTo(10);
    assertThat(prior.muCluster()).isEqualTo(0.9);
    assertThat(prior.key()).contains("HomePlanet=Earth").contains("Cabin.deck=F");
  }

  @Test
  void of_unknownFinestKey_fallsBackToACoarserOneAndKeepsFinestAtZero() {
    SlicePrior prior = learn(9, 1, earth("F")).of(earth("G"));

    assertThat(prior.n()).isEqualTo(10);
    assertThat(prior.finestN()).isZero();
    assertThat(prior.key()).doesNotContain("Cabin.deck");
  }

  @Test
  void of_noKeyWithRecords_isTheOverallRate() {
    Evidence none = Passengers.evidence(Passengers.record()
        .with("HomePlanet", "Mars")
        .missing("RoomService", "FoodCourt", "ShoppingMall", "Spa", "VRDeck")
        .build());

    SlicePrior prior = learn(3, 1, earth("F")).of(none);

    assertThat(prior.key()).isEqualTo("all");
    assertThat(prior.finestN()).isZero();
    assertThat(prior.muBlend()).isCloseTo(0.75, within(1e-15));
  }

  /** μ_blend = N/(N+τ)·μ_cluster + τ/(N+τ)·μ_global, τ = 30. */
  @Property(tries = 100)
  void of_blend_isShrunkByTau(
      @ForAll @IntRange(min = 1, max = 80) int here,
      @ForAll @IntRange(min = 1, max = 80) int there) {
    List<Evidence> rows = new ArrayList<>();
    boolean[] labels = new boolean[here + there];
    for (int i = 0; i < labels.length; i++) {
      rows.add(i < here ? earth("F") : earth("G"));
      labels[i] = i < here;
    }

    SlicePrior prior = SlicePriors.learn(PLAN, rows, labels).of(earth("F"));

    double global = here / (double) (here + there);
    assertThat(prior.tau()).isEqualTo(30);
    assertThat(prior.muCluster()).isEqualTo(1);
    assertThat(prior.muGlobal()).isEqualTo(global);
    assertThat(prior.muBlend()).isCloseTo((here * 1.0 + 30 * global) / (here + 30), within(1e-12));
    assertThat(prior.muBlend()).isBetween(global, 1.0);
  }

  @Test
  void of_unobservedCategory_isAKeyOfItsOwn() {
    Evidence unobserved = Passengers.evidence(
        Passengers.record().with("HomePlanet", "Earth").missing("Cabin").build());

    assertThat(learn(5, 5, unobserved).of(unobserved).key()).contains("Cabin.deck=?");
  }

  @Test
  void of_categoryThatIsAQuestionMark_isNoGap() {
    Evidence gap = Passengers.evidence(Passengers.record().missing("HomePlanet").build());
    Evidence mark =
        Passengers.evidence(Passengers.record().with("HomePlanet", "?").build());

    assertThat(learn(5, 5, gap).of(mark).finestN()).isZero();
    assertThat(learn(5, 5, mark).of(mark).finestN()).isEqualTo(10);
  }

  @Test
  void learn_someRowsOnly_countsThoseOnly() {
    SliceKeys keys = new SliceKeys(PLAN, 4);
    for (int i = 0; i < 4; i++) {
      keys.add(earth(i < 2 ? "F" : "G"));
    }

    SlicePriors priors = keys.learn(new int[] {0, 2, 3}, new boolean[] {true, true, false, false});

    assertThat(priors.of(keys, 1).n()).isEqualTo(1);
    assertThat(priors.of(keys, 1)).isEqualTo(priors.of(earth("F")));
    assertThat(priors.all()).isEqualTo(new SlicePriors.Cell(3, 1));
  }
}
