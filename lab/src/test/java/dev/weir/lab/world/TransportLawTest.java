package dev.weir.lab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.lab.world.Traveller.Cabin;
import dev.weir.lab.world.Traveller.Person;
import dev.weir.lab.world.Traveller.Spends;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The law is the one that the class comment states. */
class TransportLawTest {
  private static final Cabin CABIN = new Cabin(Deck.G, 750, true);
  private static final Person PERSON = new Person("Bacor Dulfen", 20, false);

  @Test
  void logit_awakeFromEarth_isTheStatedSum() {
    Traveller awake = new Traveller(
        Planet.EARTH, CABIN, "TRAPPIST-1e", PERSON, false, new Spends(100, 250, 50, 30, 20), 2);
    double place = 0.35 - 0.55 + 0.6 * Math.exp(-4.5 * 4.5 / 2) - 0.1 - 0.10;
    double person = 0.8 * Math.exp(-2) + 0.3 * 0.5;
    double expected = -0.10 + 1.5 * Math.log(2) - 1.75 * Math.log(2) + place + person;

    assertThat(TransportLaw.logit(awake)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void logit_asleepFromEuropa_isTheStatedSum() {
    Person important = new Person("Bacor Dulfen", 40, true);
    Cabin port = new Cabin(Deck.B, 0, false);
    Traveller asleep =
        new Traveller(Planet.EUROPA, port, "55 Cancri e", important, true, Spends.NONE, 1);
    double place = -0.35 + 0.55 + 0.6 * Math.exp(-0.125) - 0.1 + 0.35;
    double person = 0.8 * Math.exp(-4) - 0.3;

    assertThat(TransportLaw.logit(asleep)).isCloseTo(4.20 + 1.7 * place + person, within(1e-12));
  }

  @Property
  void probability_moreSpent_risesWithGoodsAndFallsWithComforts(
      @ForAll @IntRange(max = 60_000) int goods,
      @ForAll @IntRange(max = 60_000) int comforts,
      @ForAll @IntRange(max = 60_000) int more) {
    double now = probability(goods, comforts);

    assertThat(probability(goods + more, comforts)).isGreaterThanOrEqualTo(now);
    assertThat(probability(goods, comforts + more)).isLessThanOrEqualTo(now);
  }

  private static double probability(int goods, int comforts) {
    Spends spends = new Spends(0, goods, 0, comforts, 0);
    return TransportLaw.probability(
        new Traveller(Planet.MARS, CABIN, "TRAPPIST-1e", PERSON, false, spends, 1));
  }
}
