package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of every world, whatever its seed. */
class PassengerWorldLawTest {
  @Property(tries = 100)
  void rows_fewer_areTheBeginningOfMore(
      @ForAll long seed,
      @ForAll @IntRange(max = 400) int count,
      @ForAll @IntRange(max = 200) int more) {
    List<Passenger> longer = PassengerWorld.rows(count + more, seed);

    assertThat(longer).hasSize(count + more);
    assertThat(PassengerWorld.rows(count, seed)).isEqualTo(longer.subList(0, count));
  }

  @Property(tries = 100)
  void probability_always_isAWholeNumberOfMillionths(@ForAll long seed) {
    for (Passenger row : PassengerWorld.rows(100, seed)) {
      double millionths = row.trueProbability() * 1e6;
      assertThat(Math.rint(millionths) / 1e6).isEqualTo(row.trueProbability());
      assertThat(millionths).isBetween(0.999, 999_999.001);
    }
  }
}
