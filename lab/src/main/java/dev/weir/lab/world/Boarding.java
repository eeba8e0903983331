package dev.weir.lab.world;

import dev.weir.lab.world.Traveller.Cabin;
import dev.weir.lab.world.Traveller.Person;
import dev.weir.lab.world.Traveller.Spends;
import java.util.ArrayList;
import java.util.List;

/** Draws the members of one travel group, complete and true. {@link PassengerWorld} states the formulas. */
final class Boarding {
  static final List<String> DESTINATIONS = List.of("TRAPPIST-1e", "55 Cancri e", "PSO J318.5-22");

  private static final Weights SIZES =
      Weights.of(0.776, 0.131, 0.055, 0.017, 0.009, 0.003, 0.006, 0.003);
  private static final int FIRST_GROWN_AGE = 13;
  private static final int ADULT_AGE = 18;
  private static final int AGE_MAX = 79;
  private static final int SPEND_MAX = 60_000;

  private Boarding() {}

  /** 1–8, and 1 in 78 of 100 groups. */
  static int size(Draws draws) {
    return SIZES.draw(draws) + 1;
  }

  static List<Traveller> group(int size, Draws draws) {
    Planet planet = Planet.ALL.get(Marginals.PLANETS.draw(draws));
    Marginals usual = Marginals.of(planet);
    Deck deck = Deck.ALL.get(usual.berth().decks().draw(draws));
    Cabin first = new Cabin(deck, draws.below(deck.cabins), draws.chance(0.5));
    String destination = destination(usual, draws);
    String surname = Names.draw(draws);
    List<Traveller> group = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      boolean sameCabin = i == 0 || draws.chance(0.8);
      Cabin cabin = sameCabin
          ? first
          : new Cabin(deck, (first.number() + 1) % deck.cabins, first.starboard());
      String bound = i == 0 || draws.chance(0.6) ? destination : destination(usual, draws);
      String family = i == 0 || draws.chance(0.9) ? surname : Names.draw(draws);
      int age = i > 0 && draws.chance(0.3) ? draws.below(FIRST_GROWN_AGE) : grownAge(usual, draws);
      boolean vip = age >= ADULT_AGE && draws.chance(usual.life().vip());
      Person person = new Person(Names.draw(draws) + " " + family, age, vip);
      boolean cryoSleep = draws.chance(usual.life().cryoSleep() + (age < ADULT_AGE ? 0.14 : 0));
      Spends spends =
          cryoSleep || age < FIRST_GROWN_AGE ? Spends.NONE : spends(usual.purse(), draws);
      group.add(new Traveller(planet, cabin, bound, person, cryoSleep, spends, size));
    }
    return group;
  }

  private static String destination(Marginals usual, Draws draws) {
    return DESTINATIONS.get(usual.berth().destinations().draw(draws));
  }

  private static int grownAge(Marginals usual, Draws draws) {
    double years = (usual.life().ageMedian() - FIRST_GROWN_AGE)
        * StrictMath.exp(usual.life().ageSpread() * draws.normal());
    return (int) Math.min(AGE_MAX, FIRST_GROWN_AGE + years);
  }

  private static Spends spends(Marginals.Purse purse, Draws draws) {
    if (draws.chance(0.025)) {
      return Spends.NONE;
    }
    double total = StrictMath.exp(purse.logMean() + purse.logDeviation() * draws.normal());
    double[] pull = new double[purse.pull().size()];
    double sum = 0;
    for (int i = 0; i < pull.length; i++) {
      if (draws.chance(purse.activity().get(i))) {
        pull[i] = purse.pull().get(i) * StrictMath.exp(2.25 * draws.normal());
        sum += pull[i];
      }
    }
    if (sum == 0) {
      return Spends.NONE;
    }
    int[] amounts = new int[pull.length];
    for (int i = 0; i < pull.length; i++) {
      amounts[i] = (int) Math.min(SPEND_MAX, Math.ceil(total * pull[i] / sum));
    }
    return new Spends(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4]);
  }
}
