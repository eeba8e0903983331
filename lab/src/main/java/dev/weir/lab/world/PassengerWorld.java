package dev.weir.lab.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A seeded synthetic world of passengers, shaped like the public passenger data but with no row of it, whose true
 * probabilities are known. The same seed gives the same bytes on every JDK, and fewer rows are always the beginning of
 * more rows.
 *
 * <p>Canaries come by themselves: group numbers run from 1 without a gap, and group 244 has at least two members.
 */
public final class PassengerWorld {
  /*
   * How a world is drawn; u is uniform, e standard normal, every use a new draw.
   *
   * Source     one seed per travel group, taken in order from SplittableRandom(seed).nextLong().
   * Group      size 1–8 (.776 .131 .055 .017 .009 .003 .006 .003); planet Earth .55, Europa .24, Mars .21; deck by
   *            planet; cabin number uniform on the deck; side by a fair coin. Members share planet, deck and side, with
   *            .8 the cabin too (else the next one), with .6 the first member's destination, with .9 his surname.
   * Age        a member after the first is a child with .3, uniform on 0–12; else min(79, ⌊13 + (m − 13)·exp(t·e)⌋),
   *            m and t by planet (Marginals.Life).
   * CryoSleep  .29 Earth, .41 Europa, .36 Mars; .14 more under 18. VIP: .065 of adults from Europa, .045 from Mars.
   * Spends     none asleep, under 13, and for .025 of the others. Else a total exp(μ + σ·e) is split over the active
   *            channels (each with its probability) in proportion to pull·exp(2.25·e), each share rounded up to a whole
   *            number and at most 60,000: one channel often takes nearly all. Table: Marginals.Purse.
   * Label      u < p, p = TransportLaw of all the above. What follows does not touch it.
   * Lost       a channel's cell with .021, any other with .024, independently; all five channels together with .006.
   * Filled in  of the lost cells .12 (of five lost together .3, all or none) are filled by upstream and named in
   *            `imputed`: channels 0, Age 27, Earth, TRAPPIST-1e, False; never Cabin or Name.
   */
  private static final int CANARY_GROUP_OF_TWO = 244;

  private PassengerWorld() {}

  /** The first {@code count} passengers of the world of this seed, by id; the last group may be cut short. */
  public static List<Passenger> rows(int count, long seed) {
    return stream(count, seed).toList();
  }

  /** The same, each drawn when it is asked for. */
  public static Stream<Passenger> stream(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count " + count + " is negative; ask for 0 rows or more");
    }
    Draws seeds = new Draws(seed);
    return IntStream.iterate(1, group -> group + 1)
        .boxed()
        .flatMap(group -> group(group, new Draws(seeds.seed())))
        .limit(count);
  }

  private static Stream<Passenger> group(int group, Draws draws) {
    int drawn = Boarding.size(draws);
    int size = group == CANARY_GROUP_OF_TWO ? Math.max(2, drawn) : drawn;
    List<Traveller> travellers = Boarding.group(size, draws);
    return IntStream.rangeClosed(1, size)
        .mapToObj(place -> passenger(id(group, place), travellers.get(place - 1), draws));
  }

  /**
   * Writes rows as RFC 4180, UTF-8: PassengerId, the fields, Transported, imputed (names joined by {@code |}) and
   * true_probability (six decimals). The file appears whole or not at all.
   *
   * @throws IOException if the directory of the file cannot be written; an older file is then still as it was
   */
  public static void writeCsv(Path file, List<Passenger> rows) throws IOException {
    writeCsv(file, rows.stream());
  }

  /** The same, without holding the rows. */
  public static void writeCsv(Path file, Stream<Passenger> rows) throws IOException {
    PassengerCsv.write(file, rows);
  }

  private static Passenger passenger(String id, Traveller traveller, Draws draws) {
    double probability = TransportLaw.probability(traveller);
    boolean transported = draws.chance(probability);
    Upstream.Arrival arrival = Upstream.arrive(traveller, draws);
    return new Passenger(id, arrival.cells(), arrival.imputed(), transported, probability);
  }

  /** At least four digits for the group, so that ids have more from group 10,000 on. */
  private static String id(int group, int place) {
    String number = Integer.toString(group);
    return "0".repeat(Math.max(0, 4 - number.length())) + number + "_0" + place;
  }
}
