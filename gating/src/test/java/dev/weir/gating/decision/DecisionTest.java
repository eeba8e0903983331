package dev.weir.gating.decision;

import static dev.weir.gating.TinyBundle.passenger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gating.TinyGate;
import dev.weir.gating.gate.Controls;
import dev.weir.model.domain.RawRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a decision says of values that did not come as observed; training is eight passengers. */
class DecisionTest {
  private static Decision decided(RawRecord record) {
    return TinyGate.decide(
            TinyGate.policy("steady"), Controls.NONE, TinyGate.batch(List.of(record), 0))
        .decisions()
        .get(0);
  }

  /*
   * Decks 6 F and 2 B, sides 3 P and 5 S, numbers and ages 0 to 7 above 0 and 20, nobody a VIP; four of
   * each planet, of which Earth is the first.
   */
  @Test
  void filled_missingValues_areTheMediansAndModesOfTraining() {
    Map<String, Object> values = new HashMap<>();
    List.of("HomePlanet", "Cabin", "Age", "VIP").forEach(field -> values.put(field, null));

    assertThat(decided(passenger("a", values)).filled())
        .containsExactly(
            new Filled("HomePlanet", "mode", Optional.of("Earth")),
            new Filled("Cabin.deck", "mode", Optional.of("F")),
            new Filled("Cabin.number", "median", Optional.of(3.5)),
            new Filled("Cabin.side", "mode", Optional.of("S")),
            new Filled("Age", "median", Optional.of(23.5)),
            new Filled("VIP", "mode", Optional.of(false)));
  }

  @Test
  void filled_valuesOfUpstream_areKeptAndNamedAsItsOwn() {
    assertThat(decided(passenger("a", Map.of("VRDeck", 8000.0, "VIP", true), "VRDeck", "VIP"))
            .filled())
        .containsExactly(
            new Filled("VIP", "upstream", Optional.of(true)),
            new Filled("VRDeck", "upstream", Optional.of(8000.0)));
  }

  @Test
  void filled_categoryOfUpstreamThatTrainingNeverSaw_isFilledAgain() {
    assertThat(
            decided(passenger("a", Map.of("HomePlanet", "Pluto"), "HomePlanet")).filled())
        .containsExactly(
            new Filled("HomePlanet", "upstream", Optional.of("Pluto")),
            new Filled("HomePlanet", "mode", Optional.of("Earth")));
  }

  @Test
  void filled_nothingMissing_isEmpty() {
    assertThat(decided(passenger("a", Map.of())).filled()).isEmpty();
  }

  @Test
  void unknownCategories_unseenOnes_areNamedByFieldAndOnce() {
    assertThat(decided(passenger("a", Map.of("HomePlanet", "Pluto", "Cabin", "Z/1/Y")))
            .unknownCategories())
        .containsExactly("HomePlanet", "Cabin");
    assertThat(decided(passenger("a", Map.of())).unknownCategories()).isEmpty();
  }
}
