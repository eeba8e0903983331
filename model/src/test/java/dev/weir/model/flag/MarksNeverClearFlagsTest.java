package dev.weir.model.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Passengers;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Saying that values were imputed upstream can add flags to those of the values as received, and
 * never takes one away.
 */
class MarksNeverClearFlagsTest {
  private static final List<String> FIELDS = List.of(
      "HomePlanet",
      "CryoSleep",
      "Cabin",
      "Destination",
      "Age",
      "RoomService",
      "FoodCourt",
      "ShoppingMall",
      "Spa",
      "VRDeck");

  @Provide
  Arbitrary<List<Object>> values() {
    return Arbitraries.<Object>of(0, 1)
        .list()
        .ofSize(10)
        .flatMap(kinds -> Arbitraries.of(0.0, 1e-6, 5.0, 95.0, 952.0, 997.0, 4000.0)
            .list()
            .ofSize(5)
            .map(amounts -> {
              List<Object> all = new ArrayList<>();
              all.add(kinds.get(0).equals(0) ? "Earth" : "Pluto");
              all.add(kinds.get(1).equals(0));
              all.add(kinds.get(2).equals(0) ? "F/1/P" : "Z/1/P");
              all.add(kinds.get(3).equals(0) ? "TRAPPIST-1e" : "Pluto");
              all.add(30);
              all.addAll(amounts);
              return all;
            }));
  }

  @Property(tries = 500)
  void flags_anyMarks_containThoseWithoutMarks(
      @ForAll("values") List<Object> values,
      @ForAll("masks") int missing,
      @ForAll("masks") int marked) {
    List<String> without = Passengers.flags(passenger(values, missing, 0).build());
    List<String> with = Passengers.flags(passenger(values, missing, marked).build());
    assertThat(with).containsAll(without);
  }

  @Provide
  Arbitrary<Integer> masks() {
    int channels = 0b11111 << 5;
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 1023),
        Arbitraries.of(0, channels, 1, channels | 1, 1 << 5));
  }

  private static Passengers.Builder passenger(List<Object> values, int missing, int marked) {
    Passengers.Builder passenger = Passengers.record();
    for (int f = 0; f < FIELDS.size(); f++) {
      if ((missing >>> f & 1) != 0) {
        passenger.missing(FIELDS.get(f));
      } else {
        passenger.with(FIELDS.get(f), values.get(f));
      }
      if ((marked >>> f & 1) != 0) {
        passenger.marked(FIELDS.get(f));
      }
    }
    return passenger;
  }
}
